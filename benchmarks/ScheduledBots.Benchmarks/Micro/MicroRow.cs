namespace ScheduledBots.Benchmarks.Micro;

/// <summary>One line of a question's table.</summary>
/// <param name="Question">The class.</param>
/// <param name="Candidate">The method.</param>
/// <param name="Nanoseconds">The mean of one operation; null where it failed.</param>
/// <param name="DeviationNanoseconds">The standard deviation of its iterations; null where there was one.</param>
/// <param name="Ratio">To the baseline of its question; null where one of the two failed.</param>
/// <param name="Bytes">Allocated by one operation.</param>
internal sealed record MicroRow(string Question, string Candidate, double? Nanoseconds, double? DeviationNanoseconds, double? Ratio, long? Bytes);
