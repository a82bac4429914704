namespace ScheduledBots.Extensibility;

/// <summary>What a joiner call came to.</summary>
public enum JoinOutcome
{
    /// <summary>The bot is in the meeting.</summary>
    Joined,

    /// <summary>The bot is definitely not in the meeting, and no other attempt is wanted.</summary>
    Failed,

    /// <summary>The bot is definitely not in the meeting; another attempt is wanted, with the same allocation.</summary>
    Retry,
}
