namespace ScheduledBots.Testing;

/// <summary>What a scripted allocator call comes to.</summary>
public enum AllocationScriptKind
{
    /// <summary>It delivers an allocation.</summary>
    Delivers,

    /// <summary>It returns null, which no allocator should.</summary>
    ReturnsNothing,

    /// <summary>It throws.</summary>
    Throws,

    /// <summary>It never returns; it ends only when it is cancelled.</summary>
    Hangs,
}
