using System.Globalization;
using System.Text;
using ScheduledBots.Measuring;
using ScheduledBots.Peers.Running;

namespace ScheduledBots.Peers.Reporting;

/// <summary>A line an entrant as SVG, from its median over its 99th percentile to its last job, on a scale of decades.</summary>
internal static class PeerPlot
{
    private const int Width = 980;
    private const int Left = 290;
    private const int Top = 50;
    private const int LineHeight = 26;
    private const int Decades = 7;

    public static string Draw(IReadOnlyList<PeerRow> rows, Measurement measurement)
    {
        PeerRow[] drawn = [.. rows.Where(row => row.Lateness(measurement) is { LatenessMicros.Length: > 0 })];
        int bottom = Top + (drawn.Length * LineHeight);
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{bottom + 40}" font-family="sans-serif" font-size="12">""");
        svg.AppendLine("""<rect width="100%" height="100%" fill="white"/>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="10" y="22" font-size="15">Lateness, {measurement.ToString().ToLowerInvariant()}: median, 99th percentile (dot), last job</text>""");
        for (int decade = 0; decade <= Decades; decade++)
        {
            double x = X(Math.Pow(10, decade));
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<line x1="{x:0.#}" x2="{x:0.#}" y1="{Top - 10}" y2="{bottom}" stroke="#e3e7eb"/>""");
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{x:0.#}" y="{bottom + 18}" text-anchor="middle">{DecadeLabel.Of(decade)}</text>""");
        }

        foreach ((int line, PeerRow row) in drawn.Index())
        {
            int y = Top + (line * LineHeight) + 8;
            RunResult result = row.Lateness(measurement)!;
            string colour = row.Entrant.Name == "ScheduledBots" ? "#2f6fde" : "#7b8794";
            double[] x = [.. ((double[])[50, 99, 100]).Select(percent => X(result.PercentileMs(percent) * 1_000))];
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="10" y="{y + 4}" fill="{colour}">{row.Entrant.Label}</text>""");
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<line x1="{x[0]:0.#}" x2="{x[2]:0.#}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="6" stroke-linecap="round"/>""");
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<circle cx="{x[1]:0.#}" cy="{y}" r="5" fill="white" stroke="{colour}" stroke-width="2"/>""");
        }

        return svg.AppendLine("</svg>").ToString();
    }

    /// <summary>What is early or later than the scale stands at its end.</summary>
    private static double X(double micros) => Left + ((Width - Left - 30) * Math.Clamp(Math.Log10(Math.Max(micros, 1)), 0, Decades) / Decades);
}
