namespace ScheduledBots.Planning;

/// <summary>What the agenda waits for before it moves a bot on.</summary>
internal enum PlannedPhase
{
    /// <summary>For its staging time, or for the end of a back-off.</summary>
    AwaitingStaging,

    /// <summary>For the write that its resources died with an earlier owner.</summary>
    Restaging,

    /// <summary>For one of the concurrent allocations.</summary>
    QueuedForStaging,

    /// <summary>For the allocator.</summary>
    Staging,

    /// <summary>Staged; for its time to be armed.</summary>
    AwaitingArming,

    /// <summary>For the statement that arms it.</summary>
    Arming,

    /// <summary>Armed; for JoinAt.</summary>
    AwaitingJoin,

    /// <summary>For one of the concurrent joins.</summary>
    QueuedForJoin,

    /// <summary>For the write that disarms it, because it found no slot at JoinAt.</summary>
    Disarming,

    /// <summary>For the write that arms it again; it has a slot.</summary>
    Rearming,

    /// <summary>For the joiner.</summary>
    Joining,

    /// <summary>For the write that ends its time here.</summary>
    Closing,

    /// <summary>Nothing: it has left the agenda.</summary>
    Gone,
}
