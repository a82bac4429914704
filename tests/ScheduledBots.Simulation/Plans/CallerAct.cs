namespace ScheduledBots.Simulation.Plans;

/// <summary>What a caller does to a bot.</summary>
/// <param name="At">When, in true time.</param>
/// <param name="Machine">Through which machine's scheduler.</param>
/// <param name="Kind">What.</param>
/// <param name="Lead">For a reschedule: how far ahead, or before that machine's clock where negative.</param>
internal readonly record struct CallerAct(TimeSpan At, int Machine, CallerActKind Kind, TimeSpan Lead);
