namespace ScheduledBots.Samples.Tests;

/// <summary>What a newcomer meets first.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_first_screen_names_the_two_commands()
    {
        string firstScreen = string.Join('\n', Repository.Read("README.md").Split('\n').Take(25));

        Assert.Contains("dotnet run -c Release --project samples/QuickStart", firstScreen, StringComparison.Ordinal);
        Assert.Contains("./build.sh test", firstScreen, StringComparison.Ordinal);
    }

    /// <summary>The example a newcomer copies is also the one that runs from the packages alone.</summary>
    [Fact]
    public void The_example_is_that_of_the_sample_which_is_run_from_the_packages()
    {
        string program = Repository.Read("samples/ReadmeExample/Program.cs");
        string block = Repository.Read("README.md").Split("```csharp\n")[1].Split("```")[0];

        Assert.Contains(block.Trim(), program, StringComparison.Ordinal);
    }
}
