namespace ScheduledBots.Simulation.World;

/// <summary>What is between a machine and the store, as the plan's faults have it at the moment. Counts, because faults may overlap.</summary>
internal sealed class Cable
{
    /// <summary>While positive, nothing that is sent arrives.</summary>
    public int RequestsLost { get; set; }

    /// <summary>While positive, statements arrive and are applied, but no answer comes back.</summary>
    public int AnswersLost { get; set; }

    /// <summary>How much longer an answer takes.</summary>
    public TimeSpan AnswerDelay { get; set; }

    /// <summary>How likely a statement fails before it is applied.</summary>
    public double ErrorBefore { get; set; }

    /// <summary>How likely it fails although it was applied.</summary>
    public double ErrorAfter { get; set; }
}
