using Microsoft.EntityFrameworkCore;
using ScheduledBots.Measuring;
using ScheduledBots.Storage.EfCore;
using ScheduledBots.TestDatabase;

namespace ScheduledBots.Benchmarks.Store;

/// <summary>What the durable store does in a second, on a server of its own that waits for the disk. Writes artifacts/bench/store.json.</summary>
/// <remarks>Not BenchmarkDotNet: a case is one life of many rows through the verbs in their order, and most of it happens in the database.</remarks>
internal static class StoreTable
{
    public static async Task RunAsync(bool isQuick)
    {
        var table = new FigureTable("store");
        PostgresServer server = BenchServer.New();
        await server.StartAsync();
        try
        {
            await CreateFigures.MeasureAsync(table, await server.CreateDatabaseAsync(), isQuick);
            await EngineAsync(table, await server.CreateDatabaseAsync(), isQuick);
        }
        finally
        {
            await server.StopAsync();
        }

        await SqliteAsync(table, isQuick);
    }

    private static async Task EngineAsync(FigureTable table, string connectionString, bool isQuick)
    {
        using EfCoreBotStore store = await BenchStores.OpenAsync(options => options.UseNpgsql(connectionString));
        await new EngineFigures(table, "PostgreSQL", store, isShared: true)
            .MeasureAsync(isQuick ? 20_000 : 100_000, claimsWanted: 10_000, when => PolledIndex.LookAsync(table, connectionString, when));
    }

    private static async Task SqliteAsync(FigureTable table, bool isQuick)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduled-bots-");
        try
        {
            await CreateFigures.MeasureSqliteAsync(table, Path.Combine(folder.FullName, "create.db"), isQuick);
            using EfCoreBotStore store = await BenchStores.OpenAsync(options => options.UseSqlite($"Data Source={Path.Combine(folder.FullName, "engine.db")}"));
            await new EngineFigures(table, "SQLite", store, isShared: false).MeasureAsync(isQuick ? 5_000 : 20_000, claimsWanted: null, _ => Task.CompletedTask);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
