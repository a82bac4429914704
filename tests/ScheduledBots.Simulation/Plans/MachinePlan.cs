namespace ScheduledBots.Simulation.Plans;

/// <summary>One machine and its clocks.</summary>
/// <param name="Number">From 0.</param>
/// <param name="WallOffset">How wrong its wall clock is at the start.</param>
/// <param name="WallDrift">How much too fast it runs, in parts per million.</param>
/// <param name="MonotonicDrift">The same of its monotonic clock.</param>
internal sealed record MachinePlan(int Number, TimeSpan WallOffset, int WallDrift, int MonotonicDrift);
