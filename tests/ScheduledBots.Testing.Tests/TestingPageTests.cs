using System.Text.RegularExpressions;

namespace ScheduledBots.Testing.Tests;

public sealed partial class TestingPageTests
{
    private static readonly string Root = FindRoot();

    // Mutant: one letter of a block of docs/testing.md is changed.
    [Fact]
    public void The_code_of_the_testing_page_is_code_that_is_compiled_and_run()
    {
        string[] sources =
        [
            .. Directory.GetFiles(Path.Combine(Root, "samples", "TestingExample"), "*.cs")
                .Concat(Directory.GetFiles(Path.Combine(Root, "tests", "ScheduledBots.Storage.InMemory.Tests"), "*.cs"))
                .Select(Read),
        ];
        string[] blocks = [.. CSharp().Matches(Read(Path.Combine(Root, "docs", "testing.md"))).Select(match => match.Groups[1].Value)];

        Assert.True(blocks.Length >= 8, $"only {blocks.Length} blocks were seen");
        Assert.All(blocks, block => Assert.Contains(sources, source => source.Contains(block, StringComparison.Ordinal)));
    }

    private static string Read(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

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
