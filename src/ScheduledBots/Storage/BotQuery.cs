using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>Which bots to list. Filters that are null let everything pass.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BotQuery
{
    /// <summary>The stored status.</summary>
    public BotStatus? Status { get; init; }

    /// <summary>The tenant.</summary>
    public string? Tenant { get; init; }

    /// <summary>The earliest JoinAt, included.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The latest JoinAt, not included.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Go on behind this bot of the page before, or null for the first page.</summary>
    public BotQueryPosition? After { get; init; }

    /// <summary>The most bots to return.</summary>
    public required int Limit { get; init; }
}
