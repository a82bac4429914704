using System.Globalization;
using System.Text.Json;
using ScheduledBots.Measuring;
using ScheduledBots.Peers.Running;

namespace ScheduledBots.Peers.Reporting;

/// <summary>Tables in Markdown, as they stand in docs/benchmarks.md; a ratio in brackets says how many times ScheduledBots' figure it is.</summary>
internal static class PeerReport
{
    private const string Folder = "artifacts/bench";
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Print(IReadOnlyList<PeerRow> rows)
    {
        PrintLateness(rows, Measurement.Spread, "Spread: lateness");
        PrintLateness(rows, Measurement.Herd, "Herd: lateness");
        PrintLateness(rows, Measurement.TakeOver, "Take-over after kill -9: lateness");
        PrintRates(rows);
        foreach (PeerRow row in rows.Where(row => row.Errors.Length > 0))
        {
            Console.WriteLine($"{row.Entrant.Label}: {row.Errors}");
        }
    }

    public static void Write(IReadOnlyList<PeerRow> rows)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "peers.json"), JsonSerializer.Serialize(rows.Select(Summary), Json));
        foreach (Measurement measurement in (Measurement[])[Measurement.Spread, Measurement.Herd])
        {
            File.WriteAllText(Path.Combine(Folder, $"peers-{measurement}.svg".ToLowerInvariant()), PeerPlot.Draw(rows, measurement));
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
            string Cell(double percent) => Ratio(result.PercentileMs(percent), ours?.PercentileMs(percent), "0.00");
            int started = result.LatenessMicros.Length;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Entrant.Label} | {Cell(50)} | {Cell(99)} | {Cell(100)} | {started:N0} of {started + result.Lost:N0} | {result.Early:N0} | {result.Doubled:N0} | {result.StealPercent:0.0} |"));
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

    /// <summary>What an entrant is compared with: null beside itself.</summary>
    private static PeerRow? Ours(IReadOnlyList<PeerRow> rows, PeerRow row)
    {
        PeerRow? ours = rows.FirstOrDefault(other => other.Entrant.IsDurable == row.Entrant.IsDurable);
        return ours?.Entrant.Name == row.Entrant.Name ? null : ours;
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
        row.Errors,
    };
}
