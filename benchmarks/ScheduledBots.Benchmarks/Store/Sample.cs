using System.Diagnostics;

namespace ScheduledBots.Benchmarks.Store;

/// <summary>Measures by the wall, because most of what a store does happens in another process.</summary>
internal static class Sample
{
    /// <summary>How many of something happen in a second while the action runs once.</summary>
    public static async Task<double> RateAsync(int count, Func<Task> action)
    {
        long start = Stopwatch.GetTimestamp();
        await action();
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>The smallest value that at least this share of the values does not pass.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] ordered = [.. values.Order()];
        return ordered[Math.Clamp((int)Math.Ceiling(share * ordered.Length) - 1, 0, ordered.Length - 1)];
    }
}
