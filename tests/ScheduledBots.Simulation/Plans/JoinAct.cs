namespace ScheduledBots.Simulation.Plans;

/// <summary>What one call of the host's joiner does.</summary>
internal readonly record struct JoinAct(JoinActKind Kind, TimeSpan After);
