using ScheduledBots.Simulation.Checking;
using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Running;

/// <summary>What one run came to; it ended when its nodes were told to drain.</summary>
internal sealed record Outcome(Plan Plan, Recorder Recorder, IReadOnlyList<Violation> Violations, TimeSpan EndedAt, TimeSpan SimulatedTime, int OccurrenceCount);
