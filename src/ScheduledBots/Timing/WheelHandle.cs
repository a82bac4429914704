namespace ScheduledBots.Timing;

/// <summary>Names one entry of a wheel. A handle whose entry has expired or was cancelled is stale, and harmless.</summary>
/// <param name="Index">The entry's place in the slab.</param>
/// <param name="Generation">Which of the entries that used the place; zero names none.</param>
internal readonly record struct WheelHandle(int Index, int Generation);
