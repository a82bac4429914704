using System.Diagnostics;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Diagnostics;

/// <summary>Turns what a store has written into the events that tell it.</summary>
internal static class BotEventMap
{
    public static BotEvent Inserted(string scheduler, BotSnapshot bot) =>
        Event(scheduler, bot, BotEventKind.Scheduled, null, bot.CreatedAt, null);

    public static BotEvent Claimed(string scheduler, BotSnapshot bot, DateTimeOffset at) =>
        Event(scheduler, bot, BotEventKind.Claimed, bot.Status, at, bot.Owner);

    public static BotEvent Adopted(string scheduler, BotSnapshot bot, DateTimeOffset at) =>
        Event(scheduler, bot, BotEventKind.Adopted, bot.Status, at, bot.Owner);

    public static BotEvent Armed(string scheduler, BotSnapshot bot, DateTimeOffset at) =>
        Event(scheduler, bot, BotEventKind.Armed, BotStatus.Staged, at, bot.Owner);

    public static BotEvent Erased(string scheduler, BotSnapshot bot, DateTimeOffset at) =>
        Event(scheduler, bot, BotEventKind.Erased, bot.Status, at, null);

    public static BotEvent Changed(string scheduler, BotChange change, BotSnapshot bot) => change.Kind switch
    {
        BotChangeKind.Update when change.JoinAt is not null => Event(scheduler, bot, BotEventKind.Rescheduled, bot.Status, change.At, null),
        BotChangeKind.Update => Event(scheduler, bot, BotEventKind.Updated, bot.Status, change.At, null),
        BotChangeKind.Cancel => Event(scheduler, bot, BotEventKind.Cancelled, BotStatus.Scheduled, change.At, null),
        BotChangeKind.Abort => Event(scheduler, bot, BotEventKind.Failed, BotStatus.Staged, change.At, null),
        _ => throw new UnreachableException($"{change.Kind} is not a change"),
    };

    /// <summary>One event for each line of history; a bot that is staged and armed in one statement gets one for each.</summary>
    public static IEnumerable<BotEvent> Committed(string scheduler, BotCommit commit)
    {
        BotSnapshot bot = commit.Next;
        foreach (BotHistoryLine line in commit.History)
        {
            yield return Event(scheduler, bot, KindOf(line, bot), line.From, line.At, line.Node) with
            {
                To = line.To,
                Attempt = line.Attempt,
                Reason = line.Reason,
            };
        }

        if (commit.From == BotStatus.Scheduled && bot.ArmedUntil is not null && commit.History.Count > 0)
        {
            yield return Event(scheduler, bot, BotEventKind.Armed, BotStatus.Staged, commit.History[^1].At, commit.Owner);
        }
    }

    /// <summary>A commit that lost. It is news only where its attempt says that it is in the meeting.</summary>
    public static BotEvent? Fenced(string scheduler, BotCommit commit) => commit.Next is { Status: BotStatus.Joined, SettledAt: { } at } bot
        ? Event(scheduler, bot, BotEventKind.DuplicateJoinSuspected, commit.From, at, commit.Owner)
        : null;

    private static BotEventKind KindOf(BotHistoryLine line, BotSnapshot bot) => (line.From, line.To) switch
    {
        (_, _) when line.From == line.To && bot.Owner is null => BotEventKind.HandedBack,
        (_, _) when line.From == line.To && bot.AllocatingFence == bot.Fence && bot.StagedFence != bot.Fence => BotEventKind.StagingStarted,
        (BotStatus.Scheduled, BotStatus.Scheduled) or (BotStatus.Joining, BotStatus.Joining) => BotEventKind.StagingRetried,
        (BotStatus.Scheduled, BotStatus.Staged) => BotEventKind.Staged,
        (BotStatus.Staged, BotStatus.Scheduled) => BotEventKind.ResourcesLost,
        (BotStatus.Staged, BotStatus.Staged) when bot.ArmedUntil is not null => BotEventKind.Armed,
        (BotStatus.Staged, BotStatus.Staged) => bot.Attempt == 0 || bot.PossiblyStarted ? BotEventKind.Attached : BotEventKind.Disarmed,
        (BotStatus.Staged, BotStatus.Joining) when bot is { Status: BotStatus.Joining, Resource: null } => BotEventKind.ResourcesLost,
        (BotStatus.Staged, BotStatus.Joining) => BotEventKind.JoinStarted,
        (BotStatus.Joining, BotStatus.Staged) => line.Reason == FailureReason.JoinFailed ? BotEventKind.JoinRetried : BotEventKind.Staged,
        (_, BotStatus.Joined) => BotEventKind.Joined,
        (_, BotStatus.Failed) => BotEventKind.Failed,
        _ => throw new UnreachableException($"no step writes {line.From} to {line.To}"),
    };

    private static BotEvent Event(
        string scheduler, BotSnapshot bot, BotEventKind kind, BotStatus? from, DateTimeOffset at, NodeId? node) => new()
        {
            Kind = kind,
            Scheduler = scheduler,
            Id = bot.Id,
            Tenant = bot.Tenant,
            From = from,
            To = bot.Status,
            At = at,
            JoinAt = bot.JoinAt,
            IsAdHoc = bot.JoinAt == bot.CreatedAt,
            Node = node,
            Attempt = bot.Attempt,
            Fence = bot.Fence,
            Reason = bot.LastFailure?.Reason,
            Lateness = bot.StartedAt - bot.JoinAt,
            Version = bot.Version,
        };
}
