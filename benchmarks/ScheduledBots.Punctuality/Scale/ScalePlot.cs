using System.Globalization;
using ScheduledBots.Measuring;

namespace ScheduledBots.Punctuality.Scale;

/// <summary>A ring a size: where those of one workload stand one below the other, a bot costs the same among many.</summary>
internal static class ScalePlot
{
    private const int LineHeight = 22;

    public static string Draw(IReadOnlyList<ScaleRow> rows)
    {
        var plot = new DecadePlot("Time a bot", left: 230, right: 900, rows.Count * LineHeight, firstDecade: -2);
        foreach ((int line, ScaleRow row) in rows.Index().Where(row => row.Item.Micros > 0))
        {
            int y = DecadePlot.Top + (line * LineHeight) + 10;
            string colour = row.Workload == "herd" ? "#2f6fde" : "#7b8794";
            plot.Text(10, y + 4, string.Create(CultureInfo.InvariantCulture, $"{row.Store}, {row.Workload}, {row.Count:N0}"), colour);
            plot.Ring(plot.X(row.Micros), y, colour);
        }

        return plot.ToString();
    }
}
