using System.Text.RegularExpressions;

namespace ScheduledBots.Samples.Tests;

public sealed partial class ReadmeTests
{
    private static readonly string Root = FindRoot();

    // Mutant: one letter of the README's example is changed.
    [Fact]
    public void The_code_of_the_README_is_the_code_of_its_sample()
    {
        string sample = Read("samples/ReadmeExample/Program.cs");
        string[] blocks = [.. CSharp().Matches(Read("README.md")).Select(match => match.Groups[1].Value.Trim())];

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(block, sample, StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_screen_names_the_two_commands()
    {
        string firstScreen = string.Join('\n', Read("README.md").Split('\n').Take(25));

        Assert.Contains("dotnet run -c Release --project samples/QuickStart", firstScreen, StringComparison.Ordinal);
        Assert.Contains("./build.sh test", firstScreen, StringComparison.Ordinal);
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    /// <summary>Upwards from the test's own folder: a deterministic build leaves no source paths to go by.</summary>
    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ScheduledBots.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository; build them there.");
        }

        return folder.FullName;
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
