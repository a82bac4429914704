using ScheduledBots.Lifecycle;
using ScheduledBots.Timing;

namespace ScheduledBots.Planning;

/// <summary>One owned bot on the agenda, with its one place on the wheel.</summary>
/// <remarks>Mutable; only the agenda touches it.</remarks>
internal sealed class PlannedBot(Bot bot, long number)
{
    /// <summary>Counts the bots in the order in which they came.</summary>
    public long Number { get; } = number;

    public Bot Bot { get; set; } = bot;

    public PlannedPhase Phase { get; set; }

    /// <summary>The next deadline on the wheel; stale handles are harmless, so an expired one may stay here.</summary>
    public WheelHandle Deadline { get; set; }

    /// <summary>When the phase ends by itself; the end of time where it does not.</summary>
    public DateTimeOffset DueAt { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>The bot as a statement armed it before the news that it is staged again had come; else null.</summary>
    public StagedBot? ArmedEarly { get; set; }

    /// <summary>The last reading of the rows that met its row.</summary>
    public long MetIn { get; set; }

    /// <summary>How many allocations were tried under this ownership.</summary>
    public int StagingTries { get; set; }
}
