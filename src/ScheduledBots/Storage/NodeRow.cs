using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>One node as a store keeps it.</summary>
/// <param name="Id">The incarnation.</param>
/// <param name="Name">What people call the machine or the process; for logs and pages, never for a decision.</param>
/// <param name="Version">The library's version there.</param>
/// <param name="Beat">Its counter: as long as it grows, the node lives. Compared for being the same, nothing else.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="SeenAt">When its last beat came, on the store's clock; for people, never for a decision.</param>
/// <param name="DeadAt">When it was declared dead, on the store's clock, or null.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record NodeRow(
    NodeId Id, string Name, string Version, long Beat, NodeStatus Status, DateTimeOffset SeenAt, DateTimeOffset? DeadAt)
{
    /// <summary>Whether it can still beat: it is alive or drains.</summary>
    public bool CanBeat => Status is NodeStatus.Alive or NodeStatus.Draining;
}
