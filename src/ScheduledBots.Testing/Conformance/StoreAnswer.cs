using System.Globalization;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Conformance;

/// <summary>What a store answered to one step, in a form in which two stores can be compared.</summary>
internal sealed class StoreAnswer
{
    /// <summary>The outcomes in their order; also what the suite counts.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>Returned bots; in the order of the answer where the contract has one, else by id.</summary>
    public IReadOnlyList<BotSnapshot> Bots { get; init; } = [];

    public IReadOnlyList<BotHistoryLine> Lines { get; init; } = [];

    /// <summary>Marks in the order of the answer.</summary>
    public IReadOnlyList<BotMark> Marks { get; init; } = [];

    /// <summary>The nodes that a store knows, without its own clock's readings.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>When another claim could find something; null where the store does not say.</summary>
    public DateTimeOffset? NextJoinAt { get; init; }

    public static StoreAnswer Of(IEnumerable<BotSnapshot> bots, params IReadOnlyList<string> outcomes) =>
        new() { Outcomes = outcomes, Bots = [.. bots] };

    /// <summary>What is different, or null.</summary>
    public string? DifferenceFrom(StoreAnswer expected)
    {
        if (!Outcomes.SequenceEqual(expected.Outcomes))
        {
            return Differ(string.Join(", ", expected.Outcomes), string.Join(", ", Outcomes));
        }

        if (!Nodes.SequenceEqual(expected.Nodes))
        {
            return Differ(string.Join("; ", expected.Nodes), string.Join("; ", Nodes));
        }

        if (!Marks.SequenceEqual(expected.Marks))
        {
            return Differ(string.Join("; ", expected.Marks), string.Join("; ", Marks));
        }

        if (!Lines.SequenceEqual(expected.Lines))
        {
            return Differ(string.Join("; ", expected.Lines), string.Join("; ", Lines));
        }

        if (NextJoinAt is { } next && expected.NextJoinAt is { } wanted && next != wanted)
        {
            return Differ($"next at {wanted:O}", $"next at {next:O}");
        }

        return Difference(expected.Bots, Bots);
    }

    private static string? Difference(IReadOnlyList<BotSnapshot> expected, IReadOnlyList<BotSnapshot> actual)
    {
        if (!expected.Select(bot => bot.Id).SequenceEqual(actual.Select(bot => bot.Id)))
        {
            return Differ(string.Join(", ", expected.Select(bot => StoreStep.Name(bot.Id))), string.Join(", ", actual.Select(bot => StoreStep.Name(bot.Id))));
        }

        for (int i = 0; i < expected.Count; i++)
        {
            if (expected[i] != actual[i])
            {
                return Differ(Text(expected[i]), Text(actual[i]));
            }
        }

        return null;
    }

    private static string Differ(string expected, string actual) => $"\n  expected {expected}\n  found    {actual}";

    private static string Text(BotSnapshot bot) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {StoreStep.Name(bot.Id)} {bot.Status} join {bot.JoinAt:O} version {bot.Version} owner {bot.Owner} fence {bot.Fence} staged {bot.StagedFence} allocating {bot.AllocatingFence} attempt {bot.Attempt} armed {bot.ArmedUntil:O} not before {bot.NotBefore:O} started {bot.StartedAt:O} settled {bot.SettledAt:O} failure {bot.LastFailure}/{bot.LastFailure?.Detail} resource {bot.Resource?.Value}/{bot.Resource?.IsPortable} possibly {bot.PossiblyStarted} crashes {bot.Crashes} tenant '{bot.Tenant}' key '{bot.DeduplicationKey}' url '{bot.MeetingUrl}' name '{bot.Name}' metadata '{bot.Metadata}' created {bot.CreatedAt:O} trace '{bot.TraceParent}' hash {bot.RequestHash}
        """);
}
