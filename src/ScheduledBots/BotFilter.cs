using ScheduledBots.Lifecycle;

namespace ScheduledBots;

/// <summary>Which bots to list. Filters that are null let everything pass.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BotFilter
{
    /// <summary>The most bots on a page.</summary>
    public const int MaxPageSize = 1_000;

    /// <summary>The status callers see (<see cref="Bot.StatusAt"/>) at the instant of the call.</summary>
    public BotStatus? Status { get; init; }

    /// <summary>The tenant.</summary>
    public string? Tenant { get; init; }

    /// <summary>The earliest JoinAt, included.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The latest JoinAt, not included.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>
    /// <see cref="BotPage.NextCursor"/> of the page before, or null for the first page. Opaque, and good for the same filter only;
    /// the page size may differ.
    /// </summary>
    public string? Cursor { get; init; }

    /// <summary>The most bots to return.</summary>
    /// <value>Default 100; 1 to <see cref="MaxPageSize"/>.</value>
    public int PageSize { get; init; } = 100;
}
