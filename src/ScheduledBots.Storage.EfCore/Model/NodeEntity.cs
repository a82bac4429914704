using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore.Model;

/// <summary>One node as a row.</summary>
internal sealed class NodeEntity
{
    public required string Scheduler { get; set; }

    public required Guid NodeId { get; set; }

    public required string Name { get; set; }

    public required string Version { get; set; }

    public long Beat { get; set; }

    /// <summary>The number of a <see cref="NodeStatus"/>, which statements write as it is: below 2 a node beats.</summary>
    public short Status { get; set; }

    public long SeenAt { get; set; }

    public long? DeadAt { get; set; }

    public NodeRow ToRow() => new(
        new NodeId(NodeId), StoredText.Read(Name), StoredText.Read(Version), Beat, (NodeStatus)Status, Micros.Instant(SeenAt), Micros.Instant(DeadAt));
}
