namespace ScheduledBots.Simulation.World;

/// <summary>What is wrong with the store itself at the moment. Counts, because faults may overlap.</summary>
internal sealed class Outage
{
    public int Refuses { get; set; }

    public int Hangs { get; set; }

    /// <summary>How much longer every statement takes.</summary>
    public TimeSpan Delay { get; set; }
}
