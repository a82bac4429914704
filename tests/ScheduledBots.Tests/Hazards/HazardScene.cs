using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using ScheduledBots.Configuration;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Tests.Hazards;

/// <summary>A hostile host and a faulty store under a fake clock that moves only when told to.</summary>
internal sealed class HazardScene : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How many looks, a millisecond apart, the threads get before time passes: else it would outrun them on a busy machine.</summary>
    private const int LooksBeforeStep = 5;

    private readonly ServiceProvider _services;
    private readonly FakeTimeProvider _time = new(Start);

    private HazardScene(Action<ScheduledBotsOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(Log)).SetMinimumLevel(LogLevel.Trace));
        services.AddScheduledBots(options =>
        {
            options.StagingSpread = TimeSpan.Zero;
            configure(options);
        }).UseInMemoryStorage().UseResourceAllocator(Host).UseMeetingJoiner(Host);
        Func<IServiceProvider, object?, object> store = services.Last(service => service.ServiceType == typeof(IBotStore)).KeyedImplementationFactory!;
        services.AddKeyedSingleton<IBotStore>("", (provider, key) => new FaultyStore((IBotStore)store(provider, key)));
        _services = services.BuildServiceProvider();
    }

    public HostileHost Host { get; } = new();

    public FakeLogCollector Log { get; } = new();

    /// <summary>What blocks waits for this; opened when the scene ends.</summary>
    public ManualResetEventSlim Gate { get; } = new();

    public DateTimeOffset Now => _time.GetUtcNow();

    public IBotScheduler Scheduler => _services.GetRequiredService<IBotScheduler>();

    public IScheduledBotsEngine Engine => _services.GetRequiredService<IScheduledBotsEngine>();

    public FaultyStore Store => (FaultyStore)_services.GetRequiredKeyedService<IBotStore>("");

    public static async Task<HazardScene> OpenAsync(Action<ScheduledBotsOptions>? configure = null)
    {
        var scene = new HazardScene(configure ?? (_ => { }));
        await scene.Engine.StartAsync();
        return scene;
    }

    public async Task<Bot> ScheduleAsync(TimeSpan lead, string name = "Notes") => (await Scheduler.ScheduleAsync(new BotRequest
    {
        MeetingUrl = new Uri("https://meet.example.com/abc"),
        Name = name,
        JoinAt = Now + lead,
    })).Bot;

    /// <summary>Lets time pass; everything that it brings may take as long as it likes.</summary>
    public void Advance(TimeSpan by) => _time.Advance(by);

    /// <summary>Waits, while the clock stands still.</summary>
    public static Task EventuallyAsync(Func<bool> condition, string what) =>
        EventuallyAsync(() => Task.FromResult(condition()), what);

    /// <inheritdoc cref="EventuallyAsync(Func{bool}, string)"/>
    public static async Task EventuallyAsync(Func<Task<bool>> condition, string what)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); !await condition(); await Task.Delay(1))
        {
            Assert.True(waited.Elapsed < Patience, $"waited {Patience.TotalSeconds} seconds for {what}");
        }
    }

    public async Task<BotSnapshot> ReadAsync(BotId id) => (await Store.FindAsync(id, CancellationToken.None))!;

    /// <summary>Waits until a bot is in a state, while the clock stands still.</summary>
    public async Task<Bot> EventuallyAsync(Bot bot, BotStatus status)
    {
        await EventuallyAsync(async () => (await ReadAsync(bot.Id)).Status == status, $"{bot} to become {status}");
        return Bot.FromSnapshot(await ReadAsync(bot.Id));
    }

    /// <summary>Lets time pass in steps until a bot is in a state.</summary>
    public async Task<Bot> UntilAsync(Bot bot, BotStatus status, TimeSpan step)
    {
        int looks = 0;
        await EventuallyAsync(
            async () =>
            {
                if ((await ReadAsync(bot.Id)).Status == status)
                {
                    return true;
                }

                if (++looks % LooksBeforeStep == 0)
                {
                    Advance(step);
                }

                return false;
            },
            $"{bot} to become {status}");
        return Bot.FromSnapshot(await ReadAsync(bot.Id));
    }

    /// <summary>Stages and arms bots of one instant, then goes to the instant itself.</summary>
    public async Task GoToJoinAsync(params IReadOnlyList<Bot> bots)
    {
        foreach (Bot bot in bots)
        {
            await UntilAsync(bot, BotStatus.Staged, TimeSpan.FromMilliseconds(500));
        }

        Advance(bots[0].JoinAt - Now - TimeSpan.FromSeconds(9));
        foreach (Bot bot in bots)
        {
            await EventuallyAsync(async () => (await ReadAsync(bot.Id)).ArmedUntil is not null, $"{bot} to be armed");
        }

        Advance(bots[0].JoinAt - Now);
    }

    /// <summary>Goes to the instant of a bot, where it joins: not a microsecond late, for the clock stands still.</summary>
    public async Task JoinsOnTimeAsync(Bot bot)
    {
        await EventuallyAsync(() => Host.Attempts.Any(attempt => attempt.Bot.Id == bot.Id), $"{bot} to join");
        Assert.Equal(TimeSpan.Zero, Host.Attempts.Single(attempt => attempt.Bot.Id == bot.Id).Lateness);
        await EventuallyAsync(bot, BotStatus.Joined);
    }

    /// <summary>Nothing is left, and nothing was released twice.</summary>
    public async Task NothingLeaksAsync()
    {
        await EventuallyAsync(() => Host.LiveCount == 0, "every allocation to be joined or released");
        Assert.Empty(Host.Wrongs);
        Assert.DoesNotContain(Log.GetSnapshot(), line => line.Level == LogLevel.Critical);
    }

    public async ValueTask DisposeAsync()
    {
        Gate.Set();
        await Engine.StopAsync(new CancellationToken(true));
        await _services.DisposeAsync();
        Gate.Dispose();
    }
}
