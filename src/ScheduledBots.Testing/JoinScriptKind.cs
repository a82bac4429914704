namespace ScheduledBots.Testing;

/// <summary>What a scripted joiner call comes to.</summary>
public enum JoinScriptKind
{
    /// <summary>It returns joined.</summary>
    Joins,

    /// <summary>It returns failed.</summary>
    Fails,

    /// <summary>It asks for another attempt.</summary>
    Retries,

    /// <summary>It throws.</summary>
    Throws,

    /// <summary>It never returns; it ends only when it is cancelled.</summary>
    Hangs,
}
