using ScheduledBots.Configuration;

namespace ScheduledBots.Simulation.Plans;

/// <summary>
/// Everything a run is going to meet, as data that follows from the seed. The run draws only small things beside it: how
/// long a statement takes and in which order threads get their turns. So a plan can be cut, and the rest still means
/// the same.
/// </summary>
internal sealed record Plan
{
    public required int Seed { get; init; }

    public required ScheduledBotsOptions Options { get; init; }

    /// <summary>What runs on a machine after its upgrade has these.</summary>
    public ScheduledBotsOptions? NextOptions { get; init; }

    public required IReadOnlyList<MachinePlan> Machines { get; init; }

    public required IReadOnlyList<BotPlan> Bots { get; init; }

    public required IReadOnlyList<Fault> Faults { get; init; }

    /// <summary>The longest a piece of work waits for a thread, usually.</summary>
    public required TimeSpan Hesitation { get; init; }

    /// <summary>How long a statement travels one way: least and most.</summary>
    public required (TimeSpan Least, TimeSpan Most) Latency { get; init; }

    /// <summary>Until then faults happen; from then on everything works.</summary>
    public required TimeSpan HealAt { get; init; }

    /// <summary>Until then every bot must have settled.</summary>
    public required TimeSpan EndAt { get; init; }

    /// <summary>
    /// How long a run goes on when everything works and every bot has settled, so that what comes late is seen; null where it
    /// goes on until its end.
    /// </summary>
    public TimeSpan? Afterwards { get; init; }
}
