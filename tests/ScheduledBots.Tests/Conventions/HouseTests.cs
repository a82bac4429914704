using System.Text.RegularExpressions;

namespace ScheduledBots.Tests.Conventions;

/// <summary>The shape of the source files: one type each, short, in the namespace of their folder, at home anywhere.</summary>
public partial class HouseTests
{
    private const int MaxLines = 300;

    /// <summary>Made here, for this file is judged too.</summary>
    private static readonly string[] Sides = [.. "<|>".Select(mark => new string(mark, 7) + " main"), new string('=', 7)];

    // Mutant: a second public enum at the end of Fence.cs.
    [Fact]
    public void A_file_holds_one_type_of_its_own_name() => Offenders.None(
        from file in Repository.SourceFiles
        let types = TopLevelTypes(Repository.Read(file))
        let name = Path.GetFileNameWithoutExtension(file).Split('.')[0]
        where types.Count > 1 || (types.Count == 1 && types[0] != name)
        select $"{file}: {string.Join(", ", types)}",
        "hold several types or one of another name");

    [Fact]
    public void A_file_has_at_most_300_lines() => Offenders.None(
        from file in Repository.SourceFiles
        let count = File.ReadLines(Path.Combine(Repository.Root, file)).Count()
        where count > MaxLines
        select $"{file}: {count} lines",
        "ask to be split");

    // Mutant: the namespace of MisfireVerdict.cs is ScheduledBots.
    [Fact]
    public void A_namespace_is_its_folder() => Offenders.None(
        from file in Repository.SourceFiles
        let declared = Namespace().Match(Repository.Read(file)).Groups[1].Value
        let expected = string.Join('.', file.Split('/')[1..^1])
        where declared.Length > 0 && declared != expected && !IsExtensionNamespace(file, declared)
        select $"{file}: {declared}, not {expected}",
        "have another namespace than their folder");

    [Fact]
    public void No_file_names_a_machine_or_a_registry() => Offenders.None(
        from file in Repository.SourceFiles.Concat(ProjectFiles())
        let text = Repository.Read(file)
        from Match match in Machine().Matches(text)
        select $"{file}: {match.Value}",
        "name a machine path or a package source");

    // Mutant: the punctuality benchmark references Quartz.
    [Fact]
    public void Only_one_benchmark_references_the_peers() => Offenders.None(
        from file in Repository.Files("*.csproj")
        where file != "benchmarks/ScheduledBots.Peers/ScheduledBots.Peers.csproj"
        from Match match in Peer().Matches(Repository.Read(file))
        select $"{file}: {match.Value}",
        "reference what ScheduledBots is only measured beside");

    [Fact]
    public void No_file_waits_for_somebody_to_finish_it() => Offenders.None(
        from file in Repository.SourceFiles
        where Unfinished().IsMatch(Repository.Read(file))
        select file,
        "say TODO or throw NotImplementedException");

    // Mutant: a line of seven equals signs in build.sh's help.
    [Fact]
    public void No_file_keeps_the_marks_of_a_conflict() => Offenders.None(
        from file in Repository.Files("*")
        let text = Repository.Read(file)
        where !text.Contains('\0') && Conflict().IsMatch(text) // what has a zero is a picture
        select file,
        "hold both sides of a merge");

    [Fact]
    public void The_tests_see_the_files_they_judge()
    {
        Assert.True(Repository.SourceFiles.Count > 40, $"only {Repository.SourceFiles.Count} files were seen");
        Assert.Contains("src/ScheduledBots/Lifecycle/Bot.cs", Repository.SourceFiles);
        Assert.Equal(["Bot"], TopLevelTypes(Repository.Read("src/ScheduledBots/Lifecycle/Bot.cs")));
        Assert.Equal(["A", "B", "C", "D"], TopLevelTypes("public sealed record A;\ninternal static class B\n{\n    private enum X { }\n}\npublic readonly record struct C(int V);\ninterface D;"));
        Assert.Superset(new HashSet<string> { "build.sh", ".ci/run", "CHANGELOG.md" }, Repository.Files("*").ToHashSet());
        Assert.All(Sides, side => Assert.Matches(Conflict(), $"one\n{side}\r\nother"));
        Assert.DoesNotMatch(Conflict(), "Title\n=====\n// ======= text ======= //");
        Assert.Matches(Machine(), "\"/" + "home/somebody\"");
        Assert.DoesNotMatch(Machine(), "https://github.com/scheduledbots/scheduledbots");
    }

    /// <summary>Calls on IServiceCollection and on a web application's routes may live where the using is already there.</summary>
    private static bool IsExtensionNamespace(string file, string declared) =>
        declared is "Microsoft.Extensions.DependencyInjection" or "Microsoft.AspNetCore.Builder" && file.EndsWith("Extensions.cs", StringComparison.Ordinal);

    private static List<string> TopLevelTypes(string source) => [.. TopLevel().Matches(source).Select(match => match.Groups[1].Value)];

    private static IEnumerable<string> ProjectFiles() =>
        Repository.Files("*.*proj").Concat(Repository.Files("*.md")).Where(file => file.StartsWith("src/", StringComparison.Ordinal));

    // Column 0 is what makes it top-level: namespaces are file-scoped and the formatter indents everything nested.
    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe)\s+)*(?:class|struct|interface|enum|delegate\s+\S+|record(?:\s+(?:class|struct))?)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevel();

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"(?<![\w.:/])/(?:home|root|work|tmp|Users|mnt|opt)/\w+|\b[A-Za-z]:\\\w+|nuget\.org|artifactory|nexus|\.internal\b", RegexOptions.IgnoreCase)]
    private static partial Regex Machine();

    [GeneratedRegex(@"^(?:[<|>]{7} .*|={7})\r?$", RegexOptions.Multiline)]
    private static partial Regex Conflict();

    [GeneratedRegex(@"PackageReference Include=""(?:Quartz|Hangfire|Microsoft\.Orleans)\b[^""]*""")]
    private static partial Regex Peer();

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|NotImplementedException")]
    private static partial Regex Unfinished();
}
