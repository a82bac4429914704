using System.Text.RegularExpressions;
using ScheduledBots.Lifecycle;
using ScheduledBots.Tests.Conventions;

namespace ScheduledBots.Tests.Docs;

public partial class LifecycleDiagramTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "lifecycle.md"));

    // Mutant: the line "Staged --> Failed : Abort" deleted from the diagram.
    [Fact]
    public void The_diagram_is_the_map()
    {
        IEnumerable<string> drawn = Edge().Matches(Page).Select(match => match.Value.Trim()).Order(StringComparer.Ordinal);

        IEnumerable<string> map = BotLifecycle.Transitions
            .Select(edge => $"{edge.From} --> {edge.To} : {edge.Verb}")
            .Order(StringComparer.Ordinal);

        Assert.Equal(map, drawn);
    }

    [Fact]
    public void The_diagram_begins_and_ends_where_bots_do()
    {
        IEnumerable<string> final = Final().Matches(Page).Select(match => match.Groups[1].Value);

        Assert.Contains("[*] --> Scheduled", Page, StringComparison.Ordinal);
        Assert.Equal(["Joined", "Failed", "Cancelled"], final);
    }

    [Fact]
    public void The_table_has_a_row_for_each_state() =>
        Assert.All(Enum.GetNames<BotStatus>(), status => Assert.Contains($"\n| `{status}` |", Page, StringComparison.Ordinal));

    [GeneratedRegex(@"^ *\w+ --> \w+ : \w+\r?$", RegexOptions.Multiline)]
    private static partial Regex Edge();

    [GeneratedRegex(@"^ *(\w+) --> \[\*\]\r?$", RegexOptions.Multiline)]
    private static partial Regex Final();
}
