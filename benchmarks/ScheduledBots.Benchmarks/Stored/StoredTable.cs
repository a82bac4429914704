using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ScheduledBots.Benchmarks.Store;
using ScheduledBots.Measuring;
using ScheduledBots.Storage.EfCore;
using ScheduledBots.TestDatabase;

namespace ScheduledBots.Benchmarks.Stored;

/// <summary>
/// An engine on a table of ten million bots, of which a hundredth is within its horizon: what it holds in memory, and how
/// long a claim takes. The engine is a process of its own, so that the memory is an engine's and nothing else's.
/// </summary>
internal static class StoredTable
{
    /// <summary>What a process takes that owns nothing.</summary>
    private const double BaseMegabytes = 200;

    /// <summary>Beyond the patience of the engine's process.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(7);

    /// <param name="stored">How many bots are stored.</param>
    /// <param name="owned">How many of them are within the horizon.</param>
    public static async Task RunAsync(int stored, int owned)
    {
        var table = new FigureTable("stored");
        PostgresServer server = BenchServer.New("shared_buffers=1GB", "max_wal_size=8GB", "maintenance_work_mem=1GB");
        await server.StartAsync();
        try
        {
            string connectionString = await server.CreateDatabaseAsync();
            using EfCoreBotStore store = await BenchStores.OpenAsync(options => options.UseNpgsql(connectionString));
            long start = Stopwatch.GetTimestamp();
            await StoredFill.FillAsync(connectionString, stored - owned);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"filled in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));

            StoredReport empty = await RunEngineAsync(connectionString, 0);
            await StoredFill.AddDueAsync(connectionString, owned);
            StoredReport full = await RunEngineAsync(connectionString, owned);
            Add(table, stored, owned, empty, full);
            foreach (Figure figure in await StoredFill.SizesAsync(connectionString, stored))
            {
                table.Add(figure);
            }
        }
        finally
        {
            await server.StopAsync();
        }
    }

    private static void Add(FigureTable table, int stored, int owned, StoredReport empty, StoredReport full)
    {
        string where = $"{stored:N0}".Replace(",000,000", "M", StringComparison.Ordinal);
        table.Add(new Figure(where, "bots the engine came to own", full.Owned, "bots", Least: owned));
        table.Add(new Figure(where, "memory of an engine that owns nothing, peak", empty.PeakMegabytes, "MB"));
        table.Add(new Figure(
            where, $"memory of an engine that owns {owned:N0}, peak", full.PeakMegabytes, "MB", Most: BaseMegabytes + (owned / 1_000.0), Note: "200 MB + 1 KB a bot"));
        table.Add(new Figure(where, "memory a bot", (full.PeakMegabytes - empty.PeakMegabytes) * 1_000 * 1_000 / owned, "bytes"));
        table.Add(new Figure(where, "claims", full.ClaimMilliseconds.Count, ""));
        table.Add(new Figure(where, "claim, median", Sample.Median(full.ClaimMilliseconds), "ms"));
        table.Add(new Figure(where, "claim, p99", Sample.Quantile(full.ClaimMilliseconds, 0.99), "ms", Most: 50));
        table.Add(new Figure(where, "from the start until all are claimed", full.ClaimedAfterSeconds, "s"));
    }

    private static Task<StoredReport> RunEngineAsync(string connectionString, int owned) =>
        ChildProcess.AskAsync<StoredReport>(MaxTime, StoredEngine.Verb, connectionString, owned.ToString(CultureInfo.InvariantCulture));
}
