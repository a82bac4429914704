namespace ScheduledBots.Lifecycle;

/// <summary>Identifies one node <em>incarnation</em>: a new id per engine start, never a machine name.</summary>
/// <param name="Value">The UUID.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct NodeId(Guid Value)
{
    /// <summary>Makes a new id.</summary>
    /// <param name="now">The time the id carries.</param>
    /// <returns>A version 7 id.</returns>
    public static NodeId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>The UUID in its hyphenated form.</summary>
    /// <returns>36 characters.</returns>
    public override string ToString() => Value.ToString();
}
