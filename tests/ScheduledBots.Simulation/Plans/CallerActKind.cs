namespace ScheduledBots.Simulation.Plans;

/// <summary>The verbs of a caller that change a bot.</summary>
internal enum CallerActKind
{
    Reschedule,
    Cancel,
    Abort,
}
