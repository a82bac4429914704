namespace ScheduledBots.Storage;

/// <summary>What became of a caller's change.</summary>
public enum ChangeVerdict
{
    /// <summary>It is done.</summary>
    Applied,

    /// <summary>There is no such bot for that tenant.</summary>
    NotFound,

    /// <summary>The bot is not in a state that allows it.</summary>
    WrongState,

    /// <summary>The bot has another version than the caller saw.</summary>
    WrongVersion,
}
