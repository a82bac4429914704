using ScheduledBots.Measuring;
using ScheduledBots.Peers.Running;

namespace ScheduledBots.Peers.Reporting;

/// <summary>A line an entrant, from its median over its 99th percentile to its last job.</summary>
internal static class PeerPlot
{
    private const int LineHeight = 26;

    public static string Draw(IReadOnlyList<PeerRow> rows, Measurement measurement)
    {
        PeerRow[] drawn = [.. rows.Where(row => row.Lateness(measurement) is { LatenessMicros.Length: > 0 })];
        var plot = new DecadePlot(
            $"Lateness, {measurement.ToString().ToLowerInvariant()}: median, 99th percentile (ring), last job", left: 290, right: 950, drawn.Length * LineHeight);
        foreach ((int line, PeerRow row) in drawn.Index())
        {
            double y = DecadePlot.Top + (line * LineHeight) + 12;
            RunResult result = row.Lateness(measurement)!;
            string colour = row.Entrant.IsOurs ? "#2f6fde" : "#7b8794";
            double At(double percent) => plot.X(result.PercentileMs(percent) * 1_000);
            plot.Text(10, y + 4, row.Entrant.Label, colour);
            plot.Line(At(50), y, At(100), y, colour, width: 6);
            plot.Ring(At(99), y, colour);
        }

        return plot.ToString();
    }
}
