namespace ScheduledBots.Diagnostics;

/// <summary>How far the engine of a scheduler has come in this process.</summary>
internal enum EngineStage
{
    /// <summary>None was started here.</summary>
    None,

    /// <summary>It was started and waits for its store, which cannot be reached yet.</summary>
    Waiting,

    /// <summary>It works.</summary>
    Running,

    /// <summary>It takes no more work and waits for what runs.</summary>
    Draining,

    /// <summary>It has stopped.</summary>
    Stopped,
}
