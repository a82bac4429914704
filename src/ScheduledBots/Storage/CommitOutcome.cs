namespace ScheduledBots.Storage;

/// <summary>What became of one transition of the engine. Being fenced is ordinary news.</summary>
public enum CommitOutcome
{
    /// <summary>The guard held and the row is written.</summary>
    Applied,

    /// <summary>The row is gone, or its owner, fence or status is another: somebody else decided first.</summary>
    Fenced,
}
