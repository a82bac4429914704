using System.Text.RegularExpressions;
using ScheduledBots.Tests.Conventions;

namespace ScheduledBots.Tests.Docs;

/// <summary>
/// Every block of C# on a page is found, line by line and in a row, in a file that is compiled: a sample or a test. Indentation does
/// not count, so a page can show the inside of a method.
/// </summary>
public sealed partial class CodeTests
{
    private static readonly string[] Pages = [.. Repository.Files("*.md").Where(page => !page.Contains("/adr/", StringComparison.Ordinal) && page != "CHANGELOG.md")];

    private static readonly string[] Compiled =
    [
        .. Repository.Files("*.cs")
            .Where(file => file.StartsWith("samples/", StringComparison.Ordinal) || file.StartsWith("tests/", StringComparison.Ordinal))
            .Select(file => Flatten(Read(file))),
    ];

    // Mutant: one letter of a block in docs/allocators-and-joiners.md is changed.
    [Fact]
    public void Every_block_of_a_page_is_compiled()
    {
        List<(string Page, string Code)> blocks =
        [
            .. from page in Pages
               from Match match in Block().Matches(Read(page))
               select (page, match.Groups[1].Value),
        ];

        IEnumerable<string> strangers = blocks
            .Where(block => !Compiled.Any(file => file.Contains(Flatten(block.Code), StringComparison.Ordinal)))
            .Select(block => $"{block.Page}: {block.Code.Trim().Split('\n')[0]}");

        Assert.True(blocks.Count >= 10, $"only {blocks.Count} blocks were seen");
        Assert.True(!strangers.Any(), "These blocks are in no sample and no test:\n" + string.Join('\n', strangers));
    }

    [Fact]
    public void No_block_hides_behind_another_name_of_the_language() => Assert.All(
        Pages, page => Assert.DoesNotMatch(OtherNames(), Read(page)));

    private static string Read(string file) => Repository.Read(file).ReplaceLineEndings("\n");

    /// <summary>The lines without their indentation, between two line ends: a block matches whole lines only.</summary>
    private static string Flatten(string code) => $"\n{string.Join('\n', code.Trim().Split('\n').Select(line => line.Trim()))}\n";

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("^```(cs|c#|C#|CSharp|dotnet)\\s*$", RegexOptions.Multiline)]
    private static partial Regex OtherNames();
}
