using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Tests.Page;

/// <summary>What really happens to a few bots: each step changes one of them, and makes the event that tells it.</summary>
internal sealed class PageTruth(DateTimeOffset start, TimeSpan length)
{
    private static readonly BotStatus[] Way = [BotStatus.Scheduled, BotStatus.Staged, BotStatus.Joining, BotStatus.Joined];

    private readonly Dictionary<BotId, BotSnapshot> _rows = [];
    private readonly HashSet<BotId> _erased = [];

    /// <summary>The bots of the window, as a store would read them.</summary>
    public IReadOnlyList<Bot> Read() => [.. _rows.Values.Where(IsInside).OrderBy(row => row.JoinAt).Select(Bot.FromSnapshot)];

    /// <summary>One thing happens to a bot; null where nothing can.</summary>
    public BotEvent? Step(BotId id, int chance)
    {
        if (_erased.Contains(id))
        {
            return null;
        }

        if (!_rows.TryGetValue(id, out BotSnapshot? row))
        {
            return Tell(BotEventKind.Scheduled, New(id, chance));
        }

        if (row.IsSettled)
        {
            _rows.Remove(id);
            _erased.Add(id);
            return Event(BotEventKind.Erased, row);
        }

        return (chance % 4, row.Status) switch
        {
            (0, BotStatus.Scheduled) => Tell(BotEventKind.Rescheduled, row with { JoinAt = At(chance) }),
            (1, BotStatus.Scheduled) => Tell(BotEventKind.Cancelled, Settled(row, BotStatus.Cancelled)),
            (1, _) => Tell(BotEventKind.Failed, Settled(row, BotStatus.Failed)),
            _ => Tell(BotEventKind.Staged, Next(row)),
        };
    }

    private static BotSnapshot Next(BotSnapshot row) =>
        Way[(int)row.Status + 1] is var next && next == BotStatus.Joined ? Settled(row, next) : row with { Status = next };

    private static BotSnapshot Settled(BotSnapshot row, BotStatus status) =>
        row with { Status = status, SettledAt = row.JoinAt, LastFailure = status == BotStatus.Failed ? new Failure(FailureReason.Aborted) : null };

    private BotEvent Tell(BotEventKind kind, BotSnapshot row)
    {
        _rows[row.Id] = row;
        return Event(kind, row);
    }

    private static BotEvent Event(BotEventKind kind, BotSnapshot row) => new()
    {
        Kind = kind,
        Scheduler = "",
        Id = row.Id,
        Tenant = "",
        To = row.Status,
        At = row.JoinAt,
        JoinAt = row.JoinAt,
        Reason = row.LastFailure?.Reason,
    };

    private BotSnapshot New(BotId id, int chance) => new()
    {
        Id = id,
        MeetingUrl = "https://meet.example.com/abc",
        Name = "Notes",
        CreatedAt = start,
        JoinAt = At(chance),
        Resource = new ResourceHandle("browser", IsPortable: false),
        StartedAt = At(chance),
    };

    /// <summary>Two in seven lie outside the window.</summary>
    private DateTimeOffset At(int chance) => start + (length * (chance % 7 + 1) / 6);

    private bool IsInside(BotSnapshot row) => row.JoinAt < start + length;
}
