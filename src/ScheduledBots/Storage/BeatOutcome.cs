namespace ScheduledBots.Storage;

/// <summary>What a beat came to, and what the node learns by it.</summary>
/// <param name="Applied">Whether the counter was raised; if not, the node was declared dead, or is not known.</param>
/// <param name="StoreNow">The store's own clock, read while it answered; null where it has none.</param>
/// <param name="Nodes">Every node it knows, this one included, with the counters they had when it answered.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BeatOutcome(bool Applied, DateTimeOffset? StoreNow, IReadOnlyList<NodeRow> Nodes);
