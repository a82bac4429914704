using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ScheduledBots.DependencyInjection;

namespace ScheduledBots.Measuring;

/// <summary>A host with the engine at its defaults, and nothing else in it.</summary>
/// <remarks>Thread-safe. Whoever makes one disposes it; that does not drain, <see cref="StopAsync"/> does.</remarks>
public sealed class EngineHost : IDisposable
{
    private readonly IHost _host;

    private EngineHost(IHost host) => _host = host;

    public IBotScheduler Scheduler => _host.Services.GetRequiredService<IBotScheduler>();

    /// <param name="store">Where the bots are.</param>
    /// <param name="connection">Of their database; empty for memory.</param>
    /// <param name="meeting">What the engine calls.</param>
    public static async Task<EngineHost> StartAsync(StoreKind store, string connection, Meeting meeting)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        IScheduledBotsBuilder bots = builder.Services.AddScheduledBots().UseResourceAllocator(meeting).UseMeetingJoiner(meeting);
        _ = store switch
        {
            StoreKind.Memory => bots.UseInMemoryStorage(),
            StoreKind.Sqlite => bots.UseEfCoreStorage(options => options.UseSqlite(connection)),
            _ => bots.UseEfCoreStorage(options => options.UseNpgsql(connection + BenchServer.AsOperated)),
        };
        IHost host = builder.Build();
        await host.StartAsync();
        return new EngineHost(host);
    }

    /// <summary>Schedules bots in one call, which is made again while it is not known whether it took effect.</summary>
    /// <exception cref="InvalidOperationException">One of them was refused.</exception>
    public async Task ScheduleAsync(IReadOnlyList<BotRequest> requests)
    {
        IReadOnlyList<ScheduleOutcome> outcomes = await Repeat.OnAsync<IReadOnlyList<ScheduleOutcome>, StoreUnavailableException>(
            () => Scheduler.ScheduleManyAsync(requests));
        if (outcomes.FirstOrDefault(outcome => outcome.Error is not null) is { } refused)
        {
            throw new InvalidOperationException("A bot was not scheduled.", refused.Error);
        }
    }

    public Task StopAsync() => _host.StopAsync();

    public void Dispose() => _host.Dispose();
}
