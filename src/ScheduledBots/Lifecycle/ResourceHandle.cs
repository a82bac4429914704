namespace ScheduledBots.Lifecycle;

/// <summary>What a store keeps of an allocation: enough to find the resources again.</summary>
/// <param name="Value">The allocator's own text for the resources; treated as a secret.</param>
/// <param name="IsPortable">Whether another node can use the resources by attaching to them.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ResourceHandle(string Value, bool IsPortable)
{
    /// <summary>Says whether the handle is portable, never what it is.</summary>
    /// <returns>A text without the value.</returns>
    public override string ToString() => IsPortable ? "portable resource" : "local resource";
}
