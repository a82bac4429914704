namespace ScheduledBots.Calendar.Reading;

/// <summary>A feed as lines: what concerns the whole calendar, and the lines of each event.</summary>
/// <param name="Events">The events in their order.</param>
/// <param name="Name">The calendar's own name, or null.</param>
/// <param name="TimeZone">The calendar's own zone, or null.</param>
/// <param name="IsCancellation">Whether the whole feed is one that calls its events off.</param>
/// <param name="IsComplete">Whether the end was reached; a feed that was cut off says nothing about what is not in it.</param>
internal sealed record FeedText(IReadOnlyList<FeedEvent> Events, string? Name, string? TimeZone, bool IsCancellation, bool IsComplete);
