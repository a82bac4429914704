namespace ScheduledBots.Timing;

/// <summary>Both clocks, read together.</summary>
/// <param name="Wall">The wall clock.</param>
/// <param name="Timestamp">The monotonic clock.</param>
internal readonly record struct ClockMark(DateTimeOffset Wall, long Timestamp);
