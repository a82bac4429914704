using System.Globalization;
using ScheduledBots.Measuring;
using ScheduledBots.Peers.Running;

namespace ScheduledBots.Peers.Reporting;

/// <summary>Tables in Markdown, as they stand in docs/benchmarks.md; a ratio in brackets says how many times ScheduledBots' figure it is.</summary>
internal static class PeerReport
{
    public static void Print(IReadOnlyList<PeerRow> rows)
    {
        PrintLateness(rows, Measurement.Spread, "Spread: lateness");
        PrintLateness(rows, Measurement.Herd, "Herd: lateness");
        PrintLateness(rows, Measurement.TakeOver, "Take-over after kill -9: lateness");
        PrintRates(rows);
        foreach ((PeerRow row, string words) in rows.SelectMany(row => new[] { (row, row.Notes), (row, row.Errors) }).Where(said => said.Item2.Length > 0))
        {
            Console.WriteLine($"{row.Entrant.Label}: {words}");
        }
    }

    public static void Write(IReadOnlyList<PeerRow> rows)
    {
        Artifacts.WriteJson("peers", rows.Select(Summary));
        foreach (Measurement measurement in (Measurement[])[Measurement.Spread, Measurement.Herd])
        {
            Artifacts.WriteSvg($"peers-{measurement}".ToLowerInvariant(), PeerPlot.Draw(rows, measurement));
        }
    }

    private static void PrintLateness(IReadOnlyList<PeerRow> rows, Measurement measurement, string title)
    {
        PeerRow[] measured = [.. rows.Where(row => row.Lateness(measurement) is not null)];
        if (measured.Length == 0)
        {
            return;
        }

        Console.WriteLine($"\n| {title} | p50 ms | p99 ms | last ms | started | early | doubled | steal % |\n|---|---|---|---|---|---|---|---|");
        foreach (PeerRow row in measured)
        {
            RunResult result = row.Lateness(measurement)!;
            RunResult? ours = Ours(rows, row)?.Lateness(measurement);

            // One that was given fewer jobs, because it is slow, has no ratio: it would look better than it is.
            bool areAlike = ours?.Count == result.Count;
            string Cell(double percent) => Ratio(result.PercentileMs(percent), areAlike ? ours!.PercentileMs(percent) : null, "0.00");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Entrant.Label} | {Cell(50)} | {Cell(99)} | {Cell(100)} | {result.LatenessMicros.Length:N0} of {result.Count:N0} | {result.Early:N0} | {result.Doubled:N0} | {result.StealPercent:0.0} |"));
        }
    }

    private static void PrintRates(IReadOnlyList<PeerRow> rows)
    {
        Console.WriteLine("\n| A second; heap in bytes a pending job | one writer | eight | bulk | reschedules | cancels | heap |\n|---|---|---|---|---|---|---|");
        foreach (PeerRow row in rows.Where(row => row.Rates is not null || row.BytesPerJob is not null))
        {
            PeerRow? ours = Ours(rows, row);
            string Cell(Func<Findings?, double?> figure) => Ratio(figure(row.Rates), figure(ours?.Rates), "#,0");
            Console.WriteLine(
                $"| {row.Entrant.Label} | {Cell(f => f?.OneWriter)} | {Cell(f => f?.EightWriters)} | {Cell(f => f?.Bulk)} | {Cell(f => f?.Reschedules)} | {Cell(f => f?.Cancels)} | {Ratio(row.BytesPerJob, ours?.BytesPerJob, "#,0")} |");
        }
    }

    /// <summary>What an entrant is compared with: null beside itself, and where ScheduledBots was not measured.</summary>
    private static PeerRow? Ours(IReadOnlyList<PeerRow> rows, PeerRow row)
    {
        PeerRow? ours = rows.FirstOrDefault(other => other.Entrant.IsDurable == row.Entrant.IsDurable && other.Entrant.IsOurs);
        return row.Entrant.IsOurs ? null : ours;
    }

    private static string Ratio(double? value, double? ours, string format)
    {
        if (value is not { } figure || double.IsNaN(figure))
        {
            return "-";
        }

        string text = figure.ToString(format, CultureInfo.InvariantCulture);

        // What is early has no ratio.
        return ours > 0 && figure > 0 ? string.Create(CultureInfo.InvariantCulture, $"{text} ({figure / ours.Value:0.##}x)") : text;
    }

    private static object Summary(PeerRow row) => new
    {
        row.Entrant.Name,
        row.Entrant.Storage,
        row.Entrant.Settings,
        Lateness = row.Found.Where(found => found.Value.Lateness is not null).ToDictionary(
            found => found.Key.ToString(),
            found => new
            {
                P50Ms = found.Value.Lateness!.PercentileMs(50),
                P99Ms = found.Value.Lateness.PercentileMs(99),
                LastMs = found.Value.Lateness.PercentileMs(100),
                Started = found.Value.Lateness.LatenessMicros.Length,
                found.Value.Lateness.Lost,
                found.Value.Lateness.Early,
                found.Value.Lateness.Doubled,
                found.Value.Lateness.StealPercent,
            }),
        row.Rates,
        row.BytesPerJob,
        row.Notes,
        row.Errors,
    };
}
