namespace ScheduledBots.Simulation.Plans;

/// <summary>What one call of the host's allocator does.</summary>
internal readonly record struct AllocationAct(AllocationActKind Kind, TimeSpan After);
