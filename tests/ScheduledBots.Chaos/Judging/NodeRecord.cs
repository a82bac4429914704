using ScheduledBots.Storage;

namespace ScheduledBots.Chaos.Judging;

/// <summary>What the table says of a node in the end.</summary>
internal sealed record NodeRecord(string Name, NodeStatus Status, DateTimeOffset? DeadAt);
