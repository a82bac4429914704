namespace ScheduledBots;

/// <summary>Why a bot is where it is.</summary>
public enum ExplanationReason
{
    /// <summary>Its staging has not begun, because its time has not come.</summary>
    TooEarly,

    /// <summary>Its time has come, but a limit holds it: bots an engine owns, concurrent allocations, or concurrent joins.</summary>
    WaitingForCapacity,

    /// <summary>The host's allocator is working for it.</summary>
    Allocating,

    /// <summary>A try failed, and the next one waits for its time.</summary>
    BackOff,

    /// <summary>No engine runs on this scheduler: it was not started, was stopped, or only schedules.</summary>
    NoEngine,

    /// <summary>Another node works for it, and only that node can say how far it is.</summary>
    AtAnotherNode,

    /// <summary>Its resources are allocated; it waits to be armed.</summary>
    Staged,

    /// <summary>It is armed and will join at its instant; nothing can stop it any more.</summary>
    Armed,

    /// <summary>Its joiner runs, or may run.</summary>
    Joining,

    /// <summary>Nothing: it has joined, failed, or was cancelled.</summary>
    Settled,
}
