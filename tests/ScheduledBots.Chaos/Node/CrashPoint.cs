namespace ScheduledBots.Chaos.Node;

/// <summary>Where a node kills itself, in the life of a bot. It is the host's code and the way to the store that do it; the engine has no hooks.</summary>
internal enum CrashPoint
{
    None = 0,

    /// <summary>Bots are claimed in the store, and the engine has not heard of it.</summary>
    AfterClaim,

    /// <summary>The allocator works.</summary>
    InAllocator,

    /// <summary>Resources are allocated, and nothing says so.</summary>
    BeforeStageCommit,

    /// <summary>The store knows of the resources, and the engine does not know that it does.</summary>
    AfterStageCommit,

    /// <summary>The arming statement is about to be sent.</summary>
    BeforeArm,

    /// <summary>Bots are armed in the store, and the engine has not heard of it.</summary>
    AfterArm,

    /// <summary>The joiner was called.</summary>
    InJoiner,

    /// <summary>The bot is in its meeting, and nothing says so.</summary>
    BeforeResultCommit,

    /// <summary>The result is in the store, and the engine has not heard of it.</summary>
    AfterResultCommit,

    /// <summary>Bots of a lost node are this one's in the store, and the engine has not heard of it.</summary>
    AfterAdopt,

    /// <summary>The node drains and is about to give a bot back; the rig asks it to drain.</summary>
    WhileHandingBack,

    /// <summary>The node is drained and is about to say that it left; the rig asks it to drain.</summary>
    BeforeLeaving,
}
