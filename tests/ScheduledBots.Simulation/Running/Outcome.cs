using ScheduledBots.Simulation.Checking;
using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Running;

/// <summary>What one run came to.</summary>
internal sealed record Outcome(Plan Plan, Recorder Recorder, IReadOnlyList<Violation> Violations, TimeSpan SimulatedTime, int OccurrenceCount);
