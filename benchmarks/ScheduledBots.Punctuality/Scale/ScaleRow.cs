namespace ScheduledBots.Punctuality.Scale;

/// <summary>One size of one workload.</summary>
/// <param name="Store">Where the bots are.</param>
/// <param name="Workload">Stored, or due at one instant.</param>
/// <param name="Count">How many bots.</param>
/// <param name="Micros">Time a bot: to be scheduled in bulk, or the last one's lateness divided by all.</param>
/// <param name="Bytes">Heap a stored bot; null for a herd.</param>
/// <param name="Fault">What is wrong with it, or nothing.</param>
internal sealed record ScaleRow(string Store, string Workload, int Count, double Micros, double? Bytes, string Fault = "");
