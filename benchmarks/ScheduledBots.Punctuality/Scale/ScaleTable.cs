using System.Globalization;
using ScheduledBots.Measuring;
using ScheduledBots.Punctuality.Running;

namespace ScheduledBots.Punctuality.Scale;

/// <summary>
/// What one bot costs as their number grows. The slope is that of cost against number, both as logarithms, over the whole range:
/// zero is flat, one is a cost that doubles with the number.
/// </summary>
internal static class ScaleTable
{
    public const string Verb = "scale";

    /// <returns>Whether every size was measured, with no bot early, lost or doubled.</returns>
    public static async Task<bool> RunAsync(bool isQuick)
    {
        int[] stored = isQuick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000, 10_000_000];
        int[] herds = isQuick ? [1_000, 10_000] : [1_000, 10_000, 50_000, 100_000];
        await using var databases = new Databases();
        List<ScaleRow> rows = [];
        Console.WriteLine("| store | workload | bots | µs a bot | heap bytes a bot |\n|---|---|---|---|---|");
        foreach (StoreKind store in (StoreKind[])[StoreKind.Memory, StoreKind.Postgres])
        {
            // Herds before what fills the disk, which goes on writing for a while.
            foreach (int count in herds)
            {
                Add(rows, await MeasureAsync(store, "herd", count, () => HerdAsync(databases, store, count)));
            }

            foreach (int count in stored)
            {
                Add(rows, await MeasureAsync(store, "stored", count, () => StoredAsync(databases, store, count)));
            }
        }

        foreach (IGrouping<(string Store, string Workload), ScaleRow> group in rows.Where(row => row.Micros > 0).GroupBy(row => (row.Store, row.Workload)))
        {
            string heap = group.First().Bytes is null ? "" : Number($", heap {Slope(group, row => Math.Max(1, row.Bytes!.Value)):0.00}");
            Console.WriteLine(Number($"slope of {group.Key.Store}, {group.Key.Workload}: time {Slope(group, row => row.Micros):0.00}{heap}"));
        }

        return rows.All(row => row.Fault.Length == 0);
    }

    private static async Task<ScaleRow> MeasureAsync(StoreKind store, string workload, int count, Func<Task<ScaleRow>> measure)
    {
        try
        {
            return await measure();
        }
        catch (InvalidOperationException failure)
        {
            // The other sizes are measured all the same.
            return new ScaleRow(store.ToString(), workload, count, double.NaN, null, failure.Message);
        }
    }

    private static async Task<ScaleRow> HerdAsync(Databases databases, StoreKind store, int count)
    {
        RunResult herd = await databases.LendAsync(store, connection => new Child(store, Workload.HerdOf(count), connection, Seed: 1).StartAsync());
        string fault = herd.Early + herd.Lost + herd.Doubled > 0 ? Number($"{herd.Early} early, {herd.Lost} lost, {herd.Doubled} doubled") : "";
        return new ScaleRow(store.ToString(), "herd", count, herd.PercentileMs(100) * 1_000 / count, null, fault);
    }

    private static async Task<ScaleRow> StoredAsync(Databases databases, StoreKind store, int count)
    {
        StoredCost cost = await databases.LendAsync(store, connection => StoredChild.StartAsync(store, connection, count));
        return new ScaleRow(store.ToString(), "stored", cost.Count, cost.Micros, cost.Bytes);
    }

    private static void Add(List<ScaleRow> rows, ScaleRow row)
    {
        rows.Add(row);
        Console.WriteLine(Number($"| {row.Store} | {row.Workload} | {row.Count:N0} | {row.Micros:0.00} | {row.Bytes:0} | {row.Fault}"));
        Artifacts.WriteJson("scale", rows);
        Artifacts.WriteSvg("scale", ScalePlot.Draw(rows));
    }

    private static double Slope(IEnumerable<ScaleRow> rows, Func<ScaleRow, double> cost)
    {
        ScaleRow first = rows.First(), last = rows.Last();
        return Math.Log(cost(last) / cost(first)) / Math.Log((double)last.Count / first.Count);
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
