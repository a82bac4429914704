using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.InMemory;

/// <summary>Columns of the request that most bots do not have.</summary>
internal sealed record RareColumns(string? DeduplicationKey, RequestHash RequestHash, string? TraceParent);
