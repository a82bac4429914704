using System.Diagnostics;

namespace ScheduledBots.Measuring;

/// <summary>Measures by the wall, because most of what a store does happens in another process.</summary>
public static class Sample
{
    /// <summary>How many of something happen in a second while the action runs once.</summary>
    public static async Task<double> RateAsync(int count, Func<Task> action)
    {
        long start = Stopwatch.GetTimestamp();
        await action();
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>How many calls end in a second while several callers make one after the other.</summary>
    public static Task<double> RateAsync(int callers, int each, Func<Task> call) => RateAsync(
        callers * each,
        () => Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < each; i++)
            {
                await call();
            }
        }))));

    /// <summary>Two rates in short turns, and each first as often as second, so that a disturbance meets both.</summary>
    public static async Task<(IReadOnlyList<double> Ours, IReadOnlyList<double> Bare)> InTurnsAsync(int pairs, Func<Task<double>> ours, Func<Task<double>> bare)
    {
        List<double> ourRates = [], bareRates = [];
        for (int pair = 0; pair < pairs; pair++)
        {
            foreach (bool isBare in (bool[])[pair % 2 == 0, pair % 2 != 0])
            {
                (isBare ? bareRates : ourRates).Add(await (isBare ? bare() : ours()));
            }
        }

        return (ourRates, bareRates);
    }

    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>The smallest value that at least this share of the values does not pass.</summary>
    public static double Quantile(IEnumerable<double> values, double share) => QuantileOfAscending([.. values.Order()], share);

    /// <summary>The same of values that are in order; not a number where there are none.</summary>
    public static double QuantileOfAscending(IReadOnlyList<double> values, double share) =>
        values.Count == 0 ? double.NaN : values[Math.Clamp((int)Math.Ceiling(share * values.Count) - 1, 0, values.Count - 1)];
}
