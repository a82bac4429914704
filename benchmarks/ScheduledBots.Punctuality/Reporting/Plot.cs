using System.Globalization;
using System.Text;
using ScheduledBots.Measuring;
using ScheduledBots.Punctuality.Running;

namespace ScheduledBots.Punctuality.Reporting;

/// <summary>A histogram of lateness as SVG: the bare waker above the line, the engine below, the same scale for both.</summary>
internal static class Plot
{
    private const int Width = 900;
    private const int HalfHeight = 160;
    private const int Margin = 50;
    private const int BucketsPerDecade = 10;

    /// <summary>From a microsecond to ten seconds; what is earlier or later stands in the outermost bucket.</summary>
    private const int Decades = 7;

    private const int Buckets = Decades * BucketsPerDecade;

    public static string Draw(Comparison comparison)
    {
        double[] bare = Shares(comparison.Bare);
        double[] engine = Shares(comparison.Engine);
        double highest = Math.Max(bare.Max(), engine.Max());
        int middle = Margin + HalfHeight;
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{(2 * Margin) + (2 * HalfHeight)}" font-family="sans-serif" font-size="12">""");
        svg.AppendLine("""<rect width="100%" height="100%" fill="white"/>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Margin}" y="20" font-size="15">{Title(comparison)}</text>""");
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            Bar(svg, bucket, middle - Height(bare[bucket], highest), Height(bare[bucket], highest), "#9aa5b1");
            Bar(svg, bucket, middle, Height(engine[bucket], highest), "#2f6fde");
        }

        for (int decade = 0; decade <= Decades; decade++)
        {
            double x = X(decade * BucketsPerDecade);
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<line x1="{x:0.#}" x2="{x:0.#}" y1="{Margin}" y2="{middle + HalfHeight}" stroke="#e3e7eb"/>""");
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{x:0.#}" y="{middle + HalfHeight + 18}" text-anchor="middle">{DecadeLabel.Of(decade)}</text>""");
        }

        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Margin}" y="{Margin + 12}" fill="#52606d">bare waker</text>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Margin}" y="{middle + HalfHeight - 6}" fill="#2f6fde">ScheduledBots</text>""");
        return svg.AppendLine("</svg>").ToString();
    }

    private static string Title(Comparison comparison) =>
        $"Lateness of {comparison.Workload.Count} bots, {comparison.Workload.Name}, {comparison.Store.ToString().ToLowerInvariant()}: {comparison.Engine.Count} paired runs";

    /// <summary>How many of all arrivals stand in each bucket, as a share of one.</summary>
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

    private static void Bar(StringBuilder svg, int bucket, double y, double height, string colour)
    {
        if (height > 0)
        {
            double width = X(1) - X(0) - 1;
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect x="{X(bucket):0.#}" y="{y:0.#}" width="{width:0.#}" height="{height:0.#}" fill="{colour}"/>""");
        }
    }

    private static double Height(double share, double highest) => HalfHeight * share / highest;

    private static double X(int bucket) => Margin + ((Width - (2.0 * Margin)) * bucket / Buckets);
}
