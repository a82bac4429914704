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

    [JsonIgnore]
    public bool IsValid => StealPercent <= MaxStealPercent;

    /// <summary>In milliseconds: the lateness that this share of the bots did not exceed.</summary>
    public double PercentileMs(double percent) => LatenessMicros.Length == 0
        ? double.NaN
        : LatenessMicros[Math.Max(0, (int)Math.Ceiling(percent / 100 * LatenessMicros.Length) - 1)] / 1_000;
}
