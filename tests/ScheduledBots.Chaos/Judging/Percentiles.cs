using System.Globalization;

namespace ScheduledBots.Chaos.Judging;

/// <summary>Latenesses in order.</summary>
internal sealed class Percentiles(IEnumerable<TimeSpan> values)
{
    private readonly TimeSpan[] _sorted = [.. values.Order()];

    public int Count => _sorted.Length;

    public TimeSpan Median => At(0.5);

    public TimeSpan P99 => At(0.99);

    public TimeSpan Max => At(1);

    /// <summary>The share of the values that are at most so large, from 0 to 1.</summary>
    public double ShareWithin(TimeSpan limit) => Count == 0 ? 1 : (double)_sorted.Count(value => value <= limit) / Count;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"p50 {Median.TotalMilliseconds:0.00}, p99 {P99.TotalMilliseconds:0.00}, max {Max.TotalMilliseconds:0.00} ms");

    private TimeSpan At(double share) => Count == 0 ? TimeSpan.Zero : _sorted[Math.Clamp((int)Math.Ceiling(share * Count) - 1, 0, Count - 1)];
}
