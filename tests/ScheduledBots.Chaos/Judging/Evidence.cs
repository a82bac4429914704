using System.Globalization;
using ScheduledBots.Storage;

namespace ScheduledBots.Chaos.Judging;

/// <summary>What a run left behind: the accepted bots, the lines of every process, the rows of the tables. Everything a verdict may use.</summary>
internal sealed class Evidence
{
    private readonly Dictionary<Guid, BotRecord> _rows;
    private readonly Dictionary<Guid, JoinerCall[]> _calls;

    private Evidence(IReadOnlyCollection<Guid> accepted, IEnumerable<BotRecord> rows, IReadOnlyList<NodeRecord> nodes, IReadOnlyList<ProcessLines> processes)
    {
        Accepted = accepted;
        Nodes = nodes;
        Processes = processes;
        _rows = rows.ToDictionary(row => row.Id);
        _calls = processes.SelectMany(process => process.Calls()).GroupBy(call => call.Began.Bot)
            .ToDictionary(group => group.Key, group => group.OrderBy(call => call.Began.Timestamp).ToArray());
    }

    /// <summary>The bots that the scheduler accepted.</summary>
    public IReadOnlyCollection<Guid> Accepted { get; }

    public IReadOnlyList<NodeRecord> Nodes { get; }

    public IReadOnlyList<ProcessLines> Processes { get; }

    public IEnumerable<BotRecord> Rows => _rows.Values;

    public IEnumerable<JoinerCall> Calls => _calls.Values.SelectMany(calls => calls);

    /// <summary>The first call of each bot.</summary>
    public IEnumerable<JoinerCall> FirstCalls => _calls.Values.Select(calls => calls[0]);

    /// <summary>Bots that were called more than once.</summary>
    public IEnumerable<JoinerCall[]> Doubled => _calls.Values.Where(calls => calls.Length > 1);

    /// <summary>Accepted bots that are not in their meeting, in the table or in truth.</summary>
    public IReadOnlyList<Guid> Lost => [.. Accepted.Where(id => !_rows.TryGetValue(id, out BotRecord? row) || row.Status != Lifecycle.BotStatus.Joined || !_calls.ContainsKey(id))];

    /// <summary>Calls that began while another one of the same bot ran.</summary>
    public IReadOnlyList<JoinerCall> Overlapping => [.. Doubled.SelectMany(calls => calls.Zip(calls.Skip(1))).Where(pair => pair.Second.Began.Timestamp < pair.First.EndedTimestamp).Select(pair => pair.Second)];

    /// <summary>Second calls whose joiner was not told. Every call of the rig's joiner joins, so none is asked for.</summary>
    public IReadOnlyList<JoinerCall> Unflagged => [.. Doubled.SelectMany(calls => calls.Skip(1)).Where(call => !call.Began.PossiblyStarted)];

    /// <summary>Calls that repeat an attempt.</summary>
    public int SameAttempts => _calls.Values.Sum(calls => calls.Length - calls.Select(call => call.Began.Attempt).Distinct().Count());

    /// <summary>Calls whose number or fence is not larger than that of the call before.</summary>
    public int Falling => Doubled.SelectMany(calls => calls.Zip(calls.Skip(1)))
        .Count(pair => pair.Second.Began.Attempt <= pair.First.Began.Attempt || pair.Second.Began.Fence <= pair.First.Began.Fence);

    /// <summary>Calls before their bot's instant, by the machine's clock.</summary>
    public IReadOnlyList<JoinerCall> Early => [.. Calls.Where(call => call.Lateness < TimeSpan.Zero)];

    /// <summary>Allocations that a process left behind when it ended in order: neither joined with nor released, and of no use to another.</summary>
    public int Leaked => Processes.Where(process => process.EndedInOrder).Sum(process => process.Unmatched());

    public static async Task<Evidence> ReadAsync(string folder, string connectionString, IReadOnlyCollection<Guid> accepted, CancellationToken cancellationToken) => new(
        accepted,
        await TableReader.BotsAsync(connectionString, cancellationToken),
        await TableReader.NodesAsync(connectionString, cancellationToken),
        [.. Directory.GetFiles(folder, "*" + ProcessLines.Extension).Order(StringComparer.Ordinal).Select(ProcessLines.Read)]);

    /// <summary>How many nodes were declared dead.</summary>
    public int DeclaredDead => Nodes.Count(node => node.Status == NodeStatus.Dead);

    /// <summary>Where all nodes live, no bot is called twice, flagged or not.</summary>
    public (bool Holds, string Promise) NoneDoubled => (!Doubled.Any(), $"{Doubled.Count()} doubled");

    /// <summary>Where all nodes live, none is taken for dead.</summary>
    public (bool Holds, string Promise) NoneDeclaredDead => (DeclaredDead == 0, $"{DeclaredDead} nodes were declared dead, and none was");

    /// <summary>The promises that hold whatever happens.</summary>
    /// <param name="overlaps">Whether calls may not overlap: they may where a process stood still in the middle of one.</param>
    /// <param name="early">Whether none may be early by the machine's clock: where the engine's own was set, the clamp is judged instead.</param>
    public IEnumerable<(bool Holds, string Promise)> Safety(bool overlaps = true, bool early = true) =>
    [
        (Lost.Count == 0, $"{Lost.Count} lost: {Sample(Lost.Select(Describe))}"),
        (!overlaps || Overlapping.Count == 0, $"{Overlapping.Count} overlapping: {Sample(Overlapping.Select(Describe))}"),
        (Unflagged.Count == 0, $"{Unflagged.Count} unflagged: {Sample(Unflagged.Select(Describe))}"),
        (SameAttempts == 0, $"{SameAttempts} same attempt twice"),
        (Falling == 0, $"{Falling} attempts or fences that do not grow"),
        (!early || Early.Count == 0, $"{Early.Count} early: {Sample(Early.Select(Describe))}"),
        (Leaked == 0, $"{Leaked} leaked allocations"),
    ];

    /// <summary>How late bots were at their first call, beside the bare waker's wakes.</summary>
    /// <param name="waker">The wakes of the same time.</param>
    /// <param name="which">Whose calls count; all where it is left out.</param>
    public Punctuality PunctualityBeside(Percentiles waker, Func<JoinerCall, bool>? which = null) =>
        new(new Percentiles(FirstCalls.Where(which ?? (_ => true)).Select(call => call.Lateness)), waker);

    public string Counts() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Accepted.Count} bots, {Lost.Count} lost, {Overlapping.Count} overlapping, {Unflagged.Count} unflagged, {SameAttempts} same attempt twice, {Early.Count} early, {Leaked} leaked, {Doubled.Count()} called again");

    public static string Describe(JoinerCall call) => string.Create(
        CultureInfo.InvariantCulture, $"{call.Began.Bot:N} attempt {call.Began.Attempt} on {call.Process} {call.Lateness.TotalMilliseconds:0.0} ms after its instant");

    private string Describe(Guid id) => _rows.TryGetValue(id, out BotRecord? row)
        ? string.Create(CultureInfo.InvariantCulture, $"{id:N} is {row.Status} {row.Failure} after attempt {row.Attempt}, {_calls.GetValueOrDefault(id)?.Length ?? 0} calls, due {row.JoinAt:HH:mm:ss.fff}")
        : $"{id:N} is not in the table";

    private static string Sample(IEnumerable<string> all) => string.Join("; ", all.Take(5));
}
