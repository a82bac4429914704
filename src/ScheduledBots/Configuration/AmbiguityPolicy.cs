namespace ScheduledBots.Configuration;

/// <summary>What becomes of a bot when its engine was lost and may have started it.</summary>
public enum AmbiguityPolicy
{
    /// <summary>It joins again, and the joiner is told that an earlier attempt may be in the meeting.</summary>
    Rejoin = 0,

    /// <summary>It fails as <see cref="Lifecycle.FailureReason.Unknown"/>.</summary>
    Fail = 1,
}
