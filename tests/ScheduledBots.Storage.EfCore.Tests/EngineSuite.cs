using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ScheduledBots.Lifecycle;
using ScheduledBots.Testing;

namespace ScheduledBots.Storage.EfCore.Tests;

/// <summary>The engine on a real database: bots go their whole way, and each is joined once.</summary>
public abstract class EngineSuite
{
    private const int BotCount = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How many processes may run an engine on the database.</summary>
    protected abstract int EngineCount { get; }

    [Fact]
    public async Task Every_bot_is_joined_once_and_its_end_is_stored()
    {
        Action<DbContextOptionsBuilder> database = await CreateDatabaseAsync();
        var joiner = new ListingJoiner();
        IHost[] hosts = [.. Enumerable.Range(0, EngineCount).Select(_ => NewHost(database, joiner))];
        foreach (IHost host in hosts)
        {
            await host.StartAsync();
        }

        IBotScheduler scheduler = hosts[0].Services.GetRequiredService<IBotScheduler>();
        DateTimeOffset joinAt = TimeProvider.System.GetUtcNow().AddSeconds(3);
        IReadOnlyList<ScheduleOutcome> outcomes = await scheduler.ScheduleManyAsync(
            [.. Enumerable.Range(0, BotCount).Select(i => new BotRequest
            {
                MeetingUrl = new Uri($"https://meet.example/{i}"), Name = "Notes", JoinAt = i % 2 == 0 ? joinAt : null,
            })]);
        await UntilAsync(async () => await CountAsync(scheduler, BotStatus.Joined) == BotCount);

        Assert.All(outcomes, outcome => Assert.Null(outcome.Error));
        Assert.Equal(BotCount, joiner.Attempts.Count);
        Assert.Equal(BotCount, joiner.Attempts.DistinctBy(attempt => attempt.Bot.Id).Count());
        Assert.All(joiner.Attempts, attempt => Assert.True(attempt.Lateness >= TimeSpan.Zero, "a bot was early"));
        Assert.NotEmpty(await scheduler.HistoryAsync(outcomes[0].Result!.Bot.Id));
        foreach (IHost host in hosts)
        {
            await host.StopAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
        }
    }

    /// <summary>Names an empty database.</summary>
    protected abstract Task<Action<DbContextOptionsBuilder>> CreateDatabaseAsync();

    private static IHost NewHost(Action<DbContextOptionsBuilder> database, ListingJoiner joiner)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddScheduledBots()
            .UseEfCoreStorage(database)
            .UseResourceAllocator(new ScriptedAllocator(TimeProvider.System))
            .UseMeetingJoiner(joiner);
        return builder.Build();
    }

    private static async Task<int> CountAsync(IBotScheduler scheduler, BotStatus status) =>
        (await scheduler.ListAsync(new BotFilter { Status = status, PageSize = BotCount })).Bots.Count;

    /// <summary>The database tells nobody when a bot has settled, so it is asked.</summary>
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
