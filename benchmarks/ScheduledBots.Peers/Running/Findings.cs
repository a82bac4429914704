using ScheduledBots.Measuring;

namespace ScheduledBots.Peers.Running;

/// <summary>What a child has measured; null is what it did not, or could not.</summary>
internal sealed record Findings
{
    /// <summary>From the instant of each job to its first statement.</summary>
    public RunResult? Lateness { get; init; }

    public double? OneWriter { get; init; }

    public double? EightWriters { get; init; }

    public double? Bulk { get; init; }

    public double? Reschedules { get; init; }

    public double? Cancels { get; init; }

    public double? BytesPerJob { get; init; }

    /// <summary>What is to be known of it.</summary>
    public string? Note { get; init; }

    /// <summary>Why there is nothing.</summary>
    public string? Error { get; init; }
}
