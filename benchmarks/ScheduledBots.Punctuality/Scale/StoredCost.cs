namespace ScheduledBots.Punctuality.Scale;

/// <summary>What a stored bot takes.</summary>
/// <param name="Micros">To be scheduled, in bulk.</param>
/// <param name="Bytes">Of the process's managed heap.</param>
internal sealed record StoredCost(double Micros, double Bytes);
