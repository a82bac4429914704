namespace ScheduledBots.Lifecycle;

/// <summary>Where a bot is in its life. The numbers are what stores keep; they never change.</summary>
public enum BotStatus
{
    /// <summary>Queued; can be rescheduled and cancelled.</summary>
    Scheduled = 0,

    /// <summary>Its resources are allocated; it waits for the exact instant.</summary>
    Staged = 1,

    /// <summary>The joiner runs, or may run.</summary>
    Joining = 2,

    /// <summary>Settled: it is in the meeting, and the host owns its resources.</summary>
    Joined = 3,

    /// <summary>Settled: it is definitely not in the meeting, or nobody can tell any more; the reason says which.</summary>
    Failed = 4,

    /// <summary>Settled: a caller called it off while it was scheduled.</summary>
    Cancelled = 5,
}
