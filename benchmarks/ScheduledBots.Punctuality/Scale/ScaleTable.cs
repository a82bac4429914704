using System.Globalization;
using System.Text.Json;
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

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static async Task RunAsync(bool isQuick)
    {
        int[] stored = isQuick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000, 10_000_000];
        int[] herds = isQuick ? [1_000, 10_000] : [1_000, 10_000, 50_000, 100_000];
        await using var databases = new Databases();
        List<ScaleRow> rows = [];
        Console.WriteLine("| store | workload | bots | µs a bot | heap bytes a bot |\n|---|---|---|---|---|");
        foreach (StoreKind store in (StoreKind[])[StoreKind.Memory, StoreKind.Postgres])
        {
            foreach (int count in stored)
            {
                StoredCost cost = await StoredChild.StartAsync(store, await databases.CreateAsync(store), count);
                Add(rows, new ScaleRow(store.ToString(), "stored", count, cost.Micros, cost.Bytes));
            }

            foreach (int count in herds)
            {
                RunResult herd = await new Child(store, Workload.HerdOf(count), await databases.CreateAsync(store), Seed: 1).StartAsync();
                if (herd.Early + herd.Lost + herd.Doubled > 0)
                {
                    throw new InvalidOperationException($"Of a herd of {count}, {herd.Early} were early, {herd.Lost} lost, {herd.Doubled} doubled.");
                }

                Add(rows, new ScaleRow(store.ToString(), "herd", count, herd.PercentileMs(100) * 1_000 / count, null));
            }
        }

        foreach (IGrouping<(string Store, string Workload), ScaleRow> group in rows.GroupBy(row => (row.Store, row.Workload)))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"slope of {group.Key.Store}, {group.Key.Workload}: time {Slope(group, row => row.Micros):0.00}{(group.First().Bytes is null ? "" : $", heap {Slope(group, row => Math.Max(1, row.Bytes!.Value)):0.00}")}"));
        }

        Directory.CreateDirectory("artifacts/bench");
        await File.WriteAllTextAsync("artifacts/bench/scale.json", JsonSerializer.Serialize(rows, Json));
    }

    private static void Add(List<ScaleRow> rows, ScaleRow row)
    {
        rows.Add(row);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {row.Store} | {row.Workload} | {row.Count:N0} | {row.Micros:0.00} | {row.Bytes:0} |"));
    }

    private static double Slope(IEnumerable<ScaleRow> rows, Func<ScaleRow, double> cost)
    {
        ScaleRow first = rows.First(), last = rows.Last();
        return Math.Log(cost(last) / cost(first)) / Math.Log((double)last.Count / first.Count);
    }
}
