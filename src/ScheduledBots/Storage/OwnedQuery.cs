using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>One page of the rows of an owner.</summary>
/// <param name="Owner">The node.</param>
/// <param name="After">Go on behind this place, whether its bot is still there or not; null for the first page.</param>
/// <param name="Limit">The most rows of the page; at least 1.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct OwnedQuery(NodeId Owner, BotQueryPosition? After, int Limit);
