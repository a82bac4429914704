namespace ScheduledBots.Lifecycle;

/// <summary>Why a bot failed, or why its last try did. The numbers are what stores keep; they never change.</summary>
public enum FailureReason
{
    /// <summary>The misfire grace ended before the bot could start its join.</summary>
    Missed = 1,

    /// <summary>The allocator failed: it threw, timed out, or returned nothing.</summary>
    StagingFailed = 2,

    /// <summary>The joiner said that the bot is not in the meeting, threw, or returned nothing, and no attempt was left.</summary>
    JoinFailed = 3,

    /// <summary>The joiner did not return within the join time-out.</summary>
    JoinTimedOut = 4,

    /// <summary>A caller stopped it after it was staged.</summary>
    Aborted = 5,

    /// <summary>An attempt may have reached the joiner, its outcome is lost, and no other attempt was allowed.</summary>
    Unknown = 6,

    /// <summary>Owners died inside the host's code for this bot more often than the poison limit allows.</summary>
    Poisoned = 7,
}
