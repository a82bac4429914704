using System.Globalization;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Rigging;
using ScheduledBots.Configuration;

namespace ScheduledBots.Chaos.Trials;

/// <summary>
/// Thousands of bots at one instant, twice. At the first, the line says which statements went over it from shortly before
/// the instant to the last start: none that a start waits for. At the second, the line is cut for that time, so that there
/// can be none at all, and all of them start.
/// </summary>
internal sealed class HerdTrial(int count) : ITrial
{
    /// <summary>From here to the last start nothing may be asked of the database.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromMilliseconds(250);

    /// <summary>From scheduling to the instant.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(50);

    /// <summary>The line is cut until so long after the instant: past the end of the start window.</summary>
    private static readonly TimeSpan CutFor = TimeSpan.FromSeconds(5);

    public string Name => "herd";

    public string Figure => string.Create(
        CultureInfo.InvariantCulture, $"{count} bots at one instant: no statement on the fire path from JoinAt - 250 ms to the last start");

    public async Task<Verdict> RunAsync(Rig rig, CancellationToken cancellationToken)
    {
        ScheduledBotsOptions options = Rig.Options;
        options.StagingLead = TimeSpan.FromSeconds(30);
        options.StagingSpread = TimeSpan.FromSeconds(5);
        NodeProcess node = await rig.StartNodeAsync(options, cancellationToken, setup => setup with { MaxAllocationMilliseconds = 0, PortablePercent = 0 });

        await rig.Crowd.WarmUpAsync(cancellationToken);
        DateTimeOffset watched = await ScheduleAsync(rig, cancellationToken);
        await Rig.UntilAsync(watched - TimeSpan.FromSeconds(1), cancellationToken);
        node.Line.IsRecording = true;
        await Rig.UntilAsync(watched + CutFor, cancellationToken);
        node.Line.IsRecording = false;
        ProxyEvent[] recorded = [.. node.Line.Events];
        await rig.SettleAsync(TimeSpan.FromMinutes(1), cancellationToken);

        DateTimeOffset cut = await ScheduleAsync(rig, cancellationToken);
        await Rig.UntilAsync(cut - Before, cancellationToken);
        node.Line.Switch(ProxyMode.BlackHole);
        node.Line.Events.Clear();
        node.Line.IsRecording = true;
        await Rig.UntilAsync(cut + CutFor, cancellationToken);
        node.Line.IsRecording = false;
        int passed = node.Line.Events.Count;
        node.Line.Switch(ProxyMode.Forward);
        await rig.SettleAsync(TimeSpan.FromMinutes(1), cancellationToken);
        await Rig.DrainAsync(node, cancellationToken);

        Evidence evidence = await rig.CollectAsync(cancellationToken);
        JoinerCall[] first = [.. evidence.FirstCalls.Where(call => call.Began.JoinAt == watched)];
        JoinerCall[] second = [.. evidence.FirstCalls.Where(call => call.Began.JoinAt == cut)];
        DateTimeOffset lastStart = first.Max(call => call.Began.WallAt);
        StatementKind[] statements = [.. recorded.Where(piece => piece.At >= watched - Before && piece.At <= lastStart).Select(Statements.KindOf).Where(kind => kind != StatementKind.None)];
        StatementKind[] onThePath = [.. statements.Where(kind => kind is StatementKind.Arm or StatementKind.Claim or StatementKind.Find)];
        return Verdict.Of(
            string.Create(CultureInfo.InvariantCulture, $"watched: {Told(statements)}, late {Latenesses(first)}; cut: {passed} pieces passed, late {Latenesses(second)}; {evidence.Counts()}"),
            [
                .. evidence.Safety(),
                evidence.NoneDoubled,
                (recorded.Any(piece => Statements.KindOf(piece) == StatementKind.Beat), "the line's record has not even a beat"),
                (onThePath.Length == 0, $"statements on the fire path: {Told(onThePath)}"),
                (passed == 0, $"{passed} pieces passed a line that was cut"),
                (first.Length == count && second.Length == count, $"{first.Length} and {second.Length} of {count} started"),
                (second.All(call => call.Began.WallAt < cut + CutFor), "some started when the line was whole again"),
            ]);
    }

    private async Task<DateTimeOffset> ScheduleAsync(Rig rig, CancellationToken cancellationToken)
    {
        DateTimeOffset instant = DateTimeOffset.FromUnixTimeSeconds((Rig.Now + Lead).ToUnixTimeSeconds());
        await rig.Crowd.ScheduleAsync(Enumerable.Repeat(instant, count), cancellationToken);
        return instant;
    }

    private static Percentiles Latenesses(JoinerCall[] calls) => new(calls.Select(call => call.Lateness));

    private static string Told(StatementKind[] statements) => statements.Length == 0
        ? "no statement"
        : string.Join(", ", statements.GroupBy(kind => kind).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key}"));
}
