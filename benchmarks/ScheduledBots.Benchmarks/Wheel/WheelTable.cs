using System.Diagnostics;
using System.Globalization;
using ScheduledBots.Measuring;

namespace ScheduledBots.Benchmarks.Wheel;

/// <summary>The wheel beside what one would use without it. Prints a table and writes artifacts/bench/wheel.json.</summary>
/// <remarks>
/// Not BenchmarkDotNet: a case is one life of up to 10 million entries, whose phases follow each other and cannot be
/// repeated on the same state; an iteration of it takes seconds, and the longest single advance and the bytes an entry
/// are no means of it. The steady state, which can be repeated, is measured with it: <see cref="Micro.WheelExpire"/>, <see cref="Micro.WheelMove"/>.
/// </remarks>
internal static class WheelTable
{
    private const long Hour = 3_600_000_000;
    private const int Hours = 30 * 24;

    public static void Run(bool isQuick)
    {
        List<WheelRow> rows = [];
        WarmUp();
        Console.WriteLine($"{"structure",-14}{"entries",11} {"due",-10}{"insert",9}{"cancel",9}{"expire",9}{"next",9}{"storm",9}{"bytes",8}{"longest ms",12}  to the wheel");
        foreach (int count in isQuick ? [100_000, 1_000_000] : new[] { 100_000, 1_000_000, 10_000_000 })
        {
            foreach (string spread in (string[])["spread", "clustered"])
            {
                List<WheelRow> measured = Measure(count, spread);
                measured.ForEach(row => Print(row, measured[0]));
                rows.AddRange(measured);
                Artifacts.WriteJson("wheel", rows);
            }
        }
    }

    /// <summary>Until everything is compiled as well as it will be.</summary>
    private static void WarmUp()
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2))
        {
            Measure(20_000, "spread");
            Thread.Sleep(100);
        }
    }

    /// <summary>Measures all structures in turns, so that a disturbance meets all of them, and takes the medians.</summary>
    private static List<WheelRow> Measure(int count, string spread)
    {
        var random = new Random(count);
        long[] dues = new long[count];
        for (int i = 0; i < count; i++)
        {
            dues[i] = spread == "spread" ? random.NextInt64(1, Hours * Hour) : random.Next(1, Hours + 1) * Hour;
        }

        // The others live once at 10 million entries: a life of the tree takes most of a minute.
        int rounds = count >= 10_000_000 ? 3 : 5;
        int otherRounds = count >= 10_000_000 ? 1 : 3;
        List<(string Name, int Rounds, Func<int, ICandidate> Create)> candidates =
        [
            ("wheel", rounds, n => new WheelCandidate(n)),
            ("PriorityQueue", otherRounds, _ => new HeapCandidate()),
            ("SortedSet", otherRounds, _ => new TreeCandidate(dues)),
            ("Timer", otherRounds, n => new RuntimeTimerCandidate(n)),
        ];
        ILookup<string, WheelRow> lives = Enumerable.Range(0, rounds)
            .SelectMany(round => candidates.Where(candidate => round < candidate.Rounds))
            .Select(candidate => WheelRun.Measure(candidate.Name, spread, dues, candidate.Create, hasSecondLife: count < 10_000_000 || candidate.Name != "SortedSet"))
            .ToLookup(row => row.Structure);
        return [.. lives.Select(runs => MedianOf([.. runs]))];
    }

    private static WheelRow MedianOf(List<WheelRow> runs) => runs[0] with
    {
        InsertNs = Median(runs, run => run.InsertNs)!.Value,
        CancelNs = Median(runs, run => run.CancelNs),
        ExpireNs = Median(runs, run => run.ExpireNs),
        NextDeadlineNs = Median(runs, run => run.NextDeadlineNs),
        BytesPerEntry = Median(runs, run => run.BytesPerEntry)!.Value,
        LongestAdvanceMs = Median(runs, run => run.LongestAdvanceMs),
        StormNs = Median(runs, run => run.StormNs),
    };

    private static double? Median(List<WheelRow> runs, Func<WheelRow, double?> figure) =>
        runs.Select(figure).Order().ElementAt(runs.Count / 2);

    private static void Print(WheelRow row, WheelRow wheel) => Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{row.Structure,-14}{row.Count,11} {row.Spread,-10}")
        + $"{Cell(row.InsertNs),9}{Cell(row.CancelNs),9}{Cell(row.ExpireNs),9}{Cell(row.NextDeadlineNs),9}{Cell(row.StormNs),9}"
        + $"{Cell(row.BytesPerEntry),8}{Cell(row.LongestAdvanceMs, "0.00"),12}"
        + $"  {Cell(row.InsertNs / wheel.InsertNs)}x {Cell(row.CancelNs / wheel.CancelNs)}x {Cell(row.ExpireNs / wheel.ExpireNs)}x");

    private static string Cell(double? value, string format = "0.0") => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
