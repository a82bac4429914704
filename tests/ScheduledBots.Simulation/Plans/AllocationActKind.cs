namespace ScheduledBots.Simulation.Plans;

/// <summary>What an allocator may do to an engine.</summary>
internal enum AllocationActKind
{
    /// <summary>It returns an allocation.</summary>
    Delivers,

    /// <summary>It returns one without ever having waited.</summary>
    DeliversAtOnce,

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

    /// <summary>It waits until it is cancelled and delivers a moment later all the same.</summary>
    DeliversWhenCancelled,

    /// <summary>It takes the whole process with it.</summary>
    Kills,
}
