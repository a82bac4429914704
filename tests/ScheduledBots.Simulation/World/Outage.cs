namespace ScheduledBots.Simulation.World;

/// <summary>What is wrong with the store itself at the moment. Counts, because faults may overlap.</summary>
internal sealed class Outage
{
    public int Refuses { get; set; }

    public int Hangs { get; set; }

    /// <summary>How much longer every statement takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How likely a connection breaks under a statement.</summary>
    public double Cuts { get; set; }

    /// <summary>How much later such a statement may be applied.</summary>
    public TimeSpan MostLate { get; set; }
}
