using System.Globalization;
using ScheduledBots.Measuring;

namespace ScheduledBots.Punctuality.Reporting;

/// <summary>The table for people, the file for programs, a plot a comparison.</summary>
internal static class Report
{
    private static readonly double[] Percents = [50, 99, 99.9, 100];

    public static void PrintHead() => Console.WriteLine(
        $"{"store",-10}{"workload",-10}{"",-8}{"p50 ms",10}{"p99 ms",10}{"p99.9 ms",10}{"last ms",10}{"early",7}{"lost",6}{"doubled",9}{"steal %",9}");

    public static void Print(Comparison comparison)
    {
        string name = $"{comparison.Store.ToString().ToLowerInvariant(),-10}{comparison.Workload.Name,-10}";
        Console.WriteLine($"{name}{"bare",-8}{Cells(percent => Comparison.MedianMs(comparison.Bare, percent))}");
        Console.WriteLine(
            $"{name}{"engine",-8}{Cells(percent => Comparison.MedianMs(comparison.Engine, percent))}"
            + $"{comparison.Early,7}{comparison.Lost,6}{comparison.Doubled,9}{Cell(comparison.WorstStealPercent, 9)}");
        Console.WriteLine($"{name}{"ratio",-8}{Cells(comparison.Ratio)}{(comparison.IsValid ? "" : "  INVALID: the machine's host took more than 2 % of its time")}");
    }

    public static void Write(IReadOnlyList<Comparison> comparisons)
    {
        Artifacts.WriteJson("punctuality", comparisons.Select(Summary));
        foreach (Comparison comparison in comparisons)
        {
            Artifacts.WriteSvg($"punctuality-{comparison.Store}-{comparison.Workload.Name}".ToLowerInvariant(), Histogram.Draw(comparison));
        }
    }

    private static object Summary(Comparison comparison) => new
    {
        Store = comparison.Store.ToString(),
        Workload = comparison.Workload.Name,
        Bots = comparison.Workload.Count,
        Runs = comparison.Engine.Count,
        BareMs = Percents.Select(percent => Comparison.MedianMs(comparison.Bare, percent)),
        EngineMs = Percents.Select(percent => Comparison.MedianMs(comparison.Engine, percent)),
        Percents,
        comparison.Early,
        comparison.Lost,
        comparison.Doubled,
        comparison.WorstStealPercent,
        comparison.IsValid,
    };

    private static string Cells(Func<double, double> figure) => string.Concat(Percents.Select(percent => Cell(figure(percent), 10)));

    private static string Cell(double value, int width) => value.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(width);
}
