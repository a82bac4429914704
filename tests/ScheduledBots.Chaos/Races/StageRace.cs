using System.Globalization;
using ScheduledBots.Chaos.Judging;
using ScheduledBots.Chaos.Rigging;
using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Chaos.Races;

/// <summary>
/// Callers cancel and reschedule every bot while two nodes stage it. Whoever is told that it won must have won: what is
/// cancelled never joins, what is rescheduled never joins at its old instant, and an allocation that lost is released.
/// </summary>
internal sealed class StageRace(int botCount) : ITrial
{
    /// <summary>Few enough that the callers meet the nodes, many enough that statements have company.</summary>
    private const int Wave = 200;

    private const int CallerCount = 32;

    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(6);

    /// <summary>How much later a bot is due that is rescheduled.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public string Name => "race-stage";

    public string Figure => string.Create(
        CultureInfo.InvariantCulture, $"{botCount} bots staged, cancelled and rescheduled at once: 0 violations, 0 leaked allocations");

    /// <summary>Bots are staged as soon as they are claimed, and claimed at once.</summary>
    private static ScheduledBotsOptions Options => new()
    {
        StagingLead = TimeSpan.FromSeconds(12),
        StagingSpread = TimeSpan.Zero,
        ArmLead = TimeSpan.FromSeconds(2),
        ClaimInterval = TimeSpan.FromMilliseconds(50),
        MaxConcurrentAllocations = Wave,
    };

    public async Task<Verdict> RunAsync(Rig rig, CancellationToken cancellationToken)
    {
        NodeProcess[] nodes = [await StartAsync(rig, cancellationToken), await StartAsync(rig, cancellationToken)];
        List<Fate> fates = [];
        while (fates.Count < botCount)
        {
            Fate[] wave = await ScheduleAsync(rig, cancellationToken);
            (Fate Fate, bool Cancels)[] calls = [.. wave.SelectMany(fate => ((Fate, bool)[])[(fate, true), (fate, false)])];
            rig.Random.Shuffle(calls);
            await Parallel.ForEachAsync(
                calls,
                new ParallelOptions { MaxDegreeOfParallelism = CallerCount, CancellationToken = cancellationToken },
                async (call, _) => await CallAsync(rig.Crowd.Scheduler, call.Fate, call.Cancels));
            fates.AddRange(wave);
        }

        await rig.SettleAsync(Patience, cancellationToken);
        foreach (NodeProcess node in nodes)
        {
            await Rig.DrainAsync(node, cancellationToken);
        }

        return Judge(fates, await rig.CollectAsync(cancellationToken));
    }

    private static Task<NodeProcess> StartAsync(Rig rig, CancellationToken cancellationToken) => rig.StartNodeAsync(
        Options, cancellationToken, setup => setup with { PortablePercent = 0, MaxAllocationMilliseconds = 300, MaxJoinMilliseconds = 0 });

    private static async Task<Fate[]> ScheduleAsync(Rig rig, CancellationToken cancellationToken)
    {
        DateTimeOffset from = Rig.Now + Lead;
        BotRequest[] requests = [.. Enumerable.Range(0, Wave).Select(i => new BotRequest
        {
            Id = BotId.New(from), MeetingUrl = new Uri("https://meet.example.com/room"), Name = "Notes", JoinAt = from + TimeSpan.FromMilliseconds(i),
        })];
        IReadOnlyList<ScheduleOutcome> outcomes = await AskAgain.UntilAnsweredAsync(RaceLane.MaxTries, () => rig.Crowd.Scheduler.ScheduleManyAsync(requests, cancellationToken));
        return [.. outcomes.Select(outcome => outcome.Result ?? throw new InvalidOperationException("a bot was refused", outcome.Error))
            .Select(result => new Fate(result.Bot.Id, result.Bot.JoinAt))];
    }

    private static async Task CallAsync(IBotScheduler scheduler, Fate fate, bool cancels)
    {
        try
        {
            if (cancels)
            {
                await scheduler.CancelAsync(fate.Id);
                fate.IsCancelled = true;
            }
            else
            {
                fate.MovedTo = (await scheduler.RescheduleAsync(fate.Id, fate.JoinAt + Delay)).JoinAt;
            }
        }
        catch (BotStateConflictException)
        {
            // Another one was faster: the other caller, or a node.
        }
        catch (ArgumentOutOfRangeException)
        {
            // On a machine that is busy with other things the new instant may have passed before it was asked for.
        }
        catch (StoreUnavailableException)
        {
            fate.IsUnknown = true;
        }
    }

    private static Verdict Judge(List<Fate> fates, Evidence evidence)
    {
        Dictionary<Guid, BotRecord> rows = evidence.Rows.ToDictionary(row => row.Id);
        ILookup<Guid, JoinerCall> calls = evidence.Calls.ToLookup(call => call.Began.Bot);
        string[] violations = [.. fates.Select(fate => Violation(fate, rows.GetValueOrDefault(fate.Id.Value), [.. calls[fate.Id.Value]])).OfType<string>()];
        int released = evidence.Processes.Sum(process => process.Lines.Count(line => line.Kind == WitnessKind.Released));
        int ended = evidence.Processes.Count(process => process.EndedInOrder);
        int[] won = [fates.Count(fate => fate.IsCancelled), fates.Count(fate => fate.MovedTo is not null), fates.Count(fate => fate is { IsCancelled: false, MovedTo: null, IsUnknown: false })];
        return Verdict.Of(
            string.Create(CultureInfo.InvariantCulture, $"{fates.Count} races: {won[0]} cancelled, {won[1]} rescheduled, {won[2]} staged before either, {fates.Count(fate => fate.IsUnknown)} unanswered; {released} allocations lost and were released; {violations.Length} violations, {evidence.Leaked} leaked"),
            [
                (violations.Length == 0, $"{violations.Length} violations: {string.Join("; ", violations.Take(5))}"),
                (ended == evidence.Processes.Count, "a node did not end in order"),
                (won.All(count => count > 0) && released > 0, "one side never won: this was no race"),
                .. evidence.Safety(),
            ]);
    }

    private static string? Violation(Fate fate, BotRecord? row, JoinerCall[] calls)
    {
        DateTimeOffset due = fate.MovedTo ?? fate.JoinAt;
        return row switch
        {
            null => $"{fate.Id} is not in the table",
            { Status: BotStatus.Cancelled } when calls.Length > 0 => $"{fate.Id} was cancelled and joined",
            { Status: BotStatus.Cancelled } => fate.IsCancelled || fate.IsUnknown ? null : $"{fate.Id} is cancelled and nobody was told so",
            { Status: not BotStatus.Joined } => $"{fate.Id} is {row.Status} {row.Failure}",
            _ when fate.IsCancelled => $"{fate.Id} was cancelled and is {row.Status}",
            _ when calls.Length == 0 => $"{fate.Id} is joined and no joiner was called",
            _ when row.JoinAt != due && !fate.IsUnknown => $"{fate.Id} is due at {row.JoinAt:O}, and its caller was told {due:O}",
            _ => calls.Any(call => call.Began.JoinAt != row.JoinAt) ? $"{fate.Id} joined for an instant that it has not" : null,
        };
    }
}
