using System.Text.Json.Serialization;

namespace ScheduledBots.Measuring;

/// <summary>What one run has measured.</summary>
public sealed record RunResult
{
    /// <summary>Above this share of stolen time the machine measured its neighbours.</summary>
    public const double MaxStealPercent = 2;

    /// <summary>From the instant a bot was wanted to the entry of its joiner, by the wall clock; ascending.</summary>
    public required double[] LatenessMicros { get; init; }

    public required int Early { get; init; }

    public required int Lost { get; init; }

    public required int Doubled { get; init; }

    /// <summary>What the host of a virtual machine took from it meanwhile, of all processor time.</summary>
    public required double StealPercent { get; init; }

    /// <summary>How many bots there were.</summary>
    [JsonIgnore]
    public int Count => LatenessMicros.Length + Lost;

    [JsonIgnore]
    public bool IsValid => StealPercent <= MaxStealPercent;

    /// <summary>In milliseconds: the lateness that this share of the bots did not exceed.</summary>
    public double PercentileMs(double percent) => Sample.QuantileOfAscending(LatenessMicros, percent / 100) / 1_000;
}
