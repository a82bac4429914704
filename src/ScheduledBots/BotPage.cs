using ScheduledBots.Lifecycle;

namespace ScheduledBots;

/// <summary>One page of a list.</summary>
/// <param name="Bots">The bots, in the order of (JoinAt, id).</param>
/// <param name="NextCursor">What <see cref="BotFilter.Cursor"/> takes for the next page, or null when this is the last one.</param>
/// <remarks>
/// Immutable and thread-safe. Paging neither repeats nor skips a bot that stays as it is; one that is moved or changes its status
/// between two pages is seen where it is then.
/// </remarks>
public sealed record BotPage(IReadOnlyList<Bot> Bots, string? NextCursor);
