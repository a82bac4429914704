namespace ScheduledBots.Lifecycle;

/// <summary>What may be done with a bot at one instant.</summary>
public enum MisfireVerdict
{
    /// <summary><c>JoinAt</c> is not reached: a bot never joins early.</summary>
    Early,

    /// <summary>The bot may start its join, on time or late.</summary>
    Due,

    /// <summary>The grace is over: the bot fails as missed.</summary>
    Missed,
}
