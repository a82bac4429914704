using ScheduledBots.Measuring;

namespace ScheduledBots.Punctuality.Reporting;

/// <summary>A histogram of lateness: the bare waker above the line, the engine below, the same scale for both.</summary>
internal static class Histogram
{
    private const int HalfHeight = 160;
    private const int BucketsPerDecade = 10;
    private const int Buckets = DecadePlot.LastDecade * BucketsPerDecade;
    private const string BareColour = "#9aa5b1";
    private const string EngineColour = "#2f6fde";

    public static string Draw(Comparison comparison)
    {
        string store = comparison.Store.ToString().ToLowerInvariant();
        var plot = new DecadePlot(
            $"Lateness of {comparison.Workload.Count} bots, {comparison.Workload.Name}, {store}: {comparison.Engine.Count} paired runs", left: 50, right: 850, 2 * HalfHeight);
        double[] bare = Shares(comparison.Bare);
        double[] engine = Shares(comparison.Engine);
        double highest = Math.Max(bare.Max(), engine.Max());
        double middle = (DecadePlot.Top + plot.Bottom) / 2.0;
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            double height = HalfHeight * bare[bucket] / highest;
            DrawBar(plot, bucket, middle - height, height, BareColour);
            DrawBar(plot, bucket, middle, HalfHeight * engine[bucket] / highest, EngineColour);
        }

        plot.Text(60, DecadePlot.Top + 14, "bare waker", BareColour);
        plot.Text(60, plot.Bottom - 6, "ScheduledBots", EngineColour);
        return plot.ToString();
    }

    /// <summary>How many of all arrivals stand in each bucket, as a share of one; what is earlier or later stands in the outermost ones.</summary>
    private static double[] Shares(IReadOnlyList<RunResult> runs)
    {
        double[] shares = new double[Buckets];
        int count = runs.Sum(run => run.LatenessMicros.Length);
        foreach (double micros in runs.SelectMany(run => run.LatenessMicros))
        {
            int bucket = (int)(Math.Log10(Math.Max(micros, 1)) * BucketsPerDecade);
            shares[Math.Min(bucket, Buckets - 1)] += 1.0 / count;
        }

        return shares;
    }

    private static void DrawBar(DecadePlot plot, int bucket, double y, double height, string colour)
    {
        if (height > 0)
        {
            double x = plot.X(Edge(bucket));
            plot.Bar(x, y, plot.X(Edge(bucket + 1)) - x - 1, height, colour);
        }
    }

    private static double Edge(int bucket) => Math.Pow(10, bucket / (double)BucketsPerDecade);
}
