namespace ScheduledBots.Simulation.Plans;

/// <summary>What a joiner may do to an engine.</summary>
internal enum JoinActKind
{
    /// <summary>The bot is in the meeting.</summary>
    Joins,

    /// <summary>The same, without ever having waited.</summary>
    JoinsAtOnce,

    /// <summary>It says that the bot failed.</summary>
    Fails,

    /// <summary>It asks for another attempt.</summary>
    AsksAgain,

    /// <summary>Its task fails.</summary>
    Throws,

    /// <summary>The call itself throws.</summary>
    ThrowsAtOnce,

    /// <summary>It returns null.</summary>
    ReturnsNull,

    /// <summary>It never returns, whatever it is told.</summary>
    Hangs,

    /// <summary>It waits until it is cancelled and says so.</summary>
    StopsWhenCancelled,

    /// <summary>It waits until it is cancelled and has joined all the same.</summary>
    JoinsWhenCancelled,

    /// <summary>It takes the whole process with it.</summary>
    Kills,
}
