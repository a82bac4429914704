using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>Which bots to list. Filters that are null let everything pass.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BotQuery
{
    /// <summary>
    /// The status callers see at <see cref="Now"/> (<see cref="Bot.StatusAt"/>): a bot that is stored as staged, has an attempt
    /// above zero and a JoinAt not after <see cref="Now"/> passes as joining and not as staged.
    /// </summary>
    public BotStatus? Status { get; init; }

    /// <summary>The instant at which the status is seen; at the default, the beginning of time, it is the stored one.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>The tenant.</summary>
    public string? Tenant { get; init; }

    /// <summary>The deduplication key of a bot that is not settled; a tenant has at most one such bot.</summary>
    public string? UnsettledKey { get; init; }

    /// <summary>The earliest JoinAt, included.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The latest JoinAt, not included.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Go on behind this bot of the page before, or null for the first page.</summary>
    public BotQueryPosition? After { get; init; }

    /// <summary>The most bots to return.</summary>
    public required int Limit { get; init; }
}
