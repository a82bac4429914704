namespace ScheduledBots.Punctuality.Scale;

/// <summary>What a stored bot takes.</summary>
/// <param name="Count">How many were stored: all that were asked for, or as many as there was time for.</param>
/// <param name="Micros">To be scheduled, in bulk.</param>
/// <param name="Bytes">Of the process's managed heap.</param>
internal sealed record StoredCost(int Count, double Micros, double Bytes);
