namespace ScheduledBots;

/// <summary>What became of one of many requests: exactly one of the two is given.</summary>
/// <param name="Result">The answer, or null where the request was refused.</param>
/// <param name="Error">Why it was refused: the exception that <see cref="IBotScheduler.ScheduleAsync"/> would throw; or null.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ScheduleOutcome(ScheduleResult? Result, Exception? Error);
