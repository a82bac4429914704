using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ScheduledBots.Measuring;

namespace ScheduledBots.Benchmarks.Store;

/// <summary>Creating bots through the face, as a host does, beside an insert by hand; and changing them.</summary>
internal static class CreateFigures
{
    public static async Task MeasureAsync(FigureTable table, string connectionString, bool isQuick)
    {
        using IHost host = NewHost(options => options.UseNpgsql(connectionString));
        await host.StartAsync();
        IBotScheduler scheduler = host.Services.GetRequiredService<IBotScheduler>();
        await using var bare = new BareInsert(connectionString);
        await WarmUpAsync(scheduler, bare);
        int pairs = isQuick ? 16 : 60;

        foreach (int writers in (int[])[1, 8])
        {
            int each = writers == 1 ? 50 : 25;
            (IReadOnlyList<double> creates, IReadOnlyList<double> bares) = await Sample.InTurnsAsync(
                pairs,
                () => Sample.RateAsync(writers, each, () => scheduler.ScheduleAsync(NewRequest())),
                () => Sample.RateAsync(writers, each, () => bare.InsertAsync(BenchBots.New(BenchBots.JoinAt()))));

            string who = writers == 1 ? "one writer" : $"{writers} writers";
            table.Add(new Figure("PostgreSQL", $"create, {who}", Sample.Median(creates), "bots/s"));
            table.Add(new Figure("PostgreSQL", $"insert by hand, {who}", Sample.Median(bares), "rows/s"));
            table.Add(new Figure(
                "PostgreSQL", $"create to insert by hand, {who}", Sample.Median(creates.Zip(bares, (create, hand) => create / hand)), "", Least: 0.5,
                Note: $"median of {creates.Count} pairs"));
        }

        await BulkAsync(table, "PostgreSQL", scheduler, isQuick, least: 20_000);
        await ChangeFigures.MeasureAsync(table, scheduler, connectionString, pairs);
        await host.StopAsync();
    }

    public static async Task MeasureSqliteAsync(FigureTable table, string file, bool isQuick)
    {
        using IHost host = NewHost(options => options.UseSqlite($"Data Source={file}"));
        await host.StartAsync();
        IBotScheduler scheduler = host.Services.GetRequiredService<IBotScheduler>();
        await WarmUpAsync(scheduler, null);
        foreach (int writers in (int[])[1, 8])
        {
            List<double> rates = [];
            for (int round = 0; round < 5; round++)
            {
                rates.Add(await Sample.RateAsync(writers, (isQuick ? 200 : 800) / writers, () => scheduler.ScheduleAsync(NewRequest())));
            }

            table.Add(new Figure("SQLite", writers == 1 ? "create, one writer" : $"create, {writers} writers", Sample.Median(rates), "bots/s"));
        }

        await BulkAsync(table, "SQLite", scheduler, isQuick, least: null);
        await host.StopAsync();
    }

    /// <summary>Until everything is compiled; on a busy machine the first calls may take longer than a call of a store may.</summary>
    private static async Task WarmUpAsync(IBotScheduler scheduler, BareInsert? bare)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                await Sample.RateAsync(callers: 8, each: 100, () => scheduler.ScheduleAsync(NewRequest()));
                await Sample.RateAsync(callers: 8, each: 100, () => bare?.InsertAsync(BenchBots.New(BenchBots.JoinAt())) ?? Task.CompletedTask);
                await scheduler.ScheduleManyAsync([.. Enumerable.Range(0, 2_000).Select(_ => NewRequest())]);
                return;
            }
            catch (StoreUnavailableException) when (tries < 5)
            {
                // Compiled a little more.
            }
        }
    }

    private static async Task BulkAsync(FigureTable table, string store, IBotScheduler scheduler, bool isQuick, double? least)
    {
        List<double> rates = [];
        for (int round = 0; round < (isQuick ? 5 : 9); round++)
        {
            BotRequest[] requests = [.. Enumerable.Range(0, 10_000).Select(_ => NewRequest())];
            rates.Add(await Sample.RateAsync(requests.Length, () => scheduler.ScheduleManyAsync(requests)));
        }

        table.Add(new Figure(store, "create in bulk, 10,000 a call", Sample.Median(rates), "bots/s", least));
    }

    private static IHost NewHost(Action<DbContextOptionsBuilder> database)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddScheduledBots().UseEfCoreStorage(database).ScheduleOnly();
        return builder.Build();
    }

    private static BotRequest NewRequest() => BenchBots.NewRequest(BenchBots.JoinAt());
}
