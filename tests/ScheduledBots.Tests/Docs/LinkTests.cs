using System.Text.RegularExpressions;
using ScheduledBots.Tests.Conventions;

namespace ScheduledBots.Tests.Docs;

public partial class LinkTests
{
    private static readonly string[] Pages = [.. Repository.Files("*.md")];

    // Mutant: the link to adr/0001 in docs/lifecycle.md with another number.
    [Fact]
    public void Links_between_pages_lead_somewhere()
    {
        List<(string Page, string Target)> links =
        [
            .. from page in Pages
               from Match match in Link().Matches(Repository.Read(page))
               select (page, match.Groups[1].Value),
        ];

        IEnumerable<string> dead = links
            .Where(link => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(link.Page)!, link.Target)))
            .Select(link => $"{link.Page} -> {link.Target}");

        Assert.True(links.Count >= 8, $"only {links.Count} links were seen");
        Assert.True(!dead.Any(), "These lead nowhere:\n" + string.Join('\n', dead));
    }

    [Fact]
    public void The_index_names_every_decision()
    {
        string index = File.ReadAllText(Path.Combine(Repository.Root, "docs", "adr", "README.md"));

        IEnumerable<string> decisions = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "adr"), "0*.md").Select(Path.GetFileName)!;

        Assert.NotEmpty(decisions);
        Assert.All(decisions, decision => Assert.Contains($"({decision})", index, StringComparison.Ordinal));
    }

    // Mutant: the row of docs/lifecycle.md deleted from docs/README.md.
    [Fact]
    public void The_index_names_every_page()
    {
        string index = File.ReadAllText(Path.Combine(Repository.Root, "docs", "README.md"));

        IEnumerable<string> missing = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md")
            .Select(page => Path.GetFileName(page))
            .Where(page => page != "README.md" && !index.Contains($"]({page})", StringComparison.Ordinal));

        Assert.True(!missing.Any(), "docs/README.md has no row for " + string.Join(", ", missing));
    }

    // Relative targets only, without their anchor.
    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
