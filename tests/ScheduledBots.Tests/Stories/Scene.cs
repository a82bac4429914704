using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ScheduledBots.Configuration;
using ScheduledBots.DependencyInjection;
using ScheduledBots.Execution;
using ScheduledBots.Face;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Tests.Stories;

/// <summary>A scheduler with its engine under a fake clock, stepped from deadline to deadline.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services;

    private Scene(ServiceProvider services, FakeTimeProvider time, FakeHost host)
    {
        _services = services;
        Time = time;
        Host = host;
    }

    public IServiceProvider Services => _services;

    public FakeTimeProvider Time { get; }

    public FakeHost Host { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    public IBotScheduler Scheduler => _services.GetRequiredService<IBotScheduler>();

    public IScheduledBotsEngine Engine => _services.GetRequiredService<IScheduledBotsEngine>();

    public IBotStore Store => _services.GetRequiredKeyedService<IBotStore>("");

    /// <summary>A face of its own on another store, without an engine.</summary>
    public IBotScheduler SchedulerOn(IBotStore store)
    {
        var options = new ScheduledBotsOptions();
        return new BotScheduler(
            store, new SignalQueue(), new EngineClock(Time, options.MaxClockSkew), new EngineFacts(options.ExpectedStaging), options);
    }

    /// <summary>A scene whose engine runs, unless it is told not to.</summary>
    public static async Task<Scene> OpenAsync(
        Action<ScheduledBotsOptions>? configure = null, bool start = true, Action<IScheduledBotsBuilder>? build = null)
    {
        var time = new FakeTimeProvider(Start);
        var host = new FakeHost();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        IScheduledBotsBuilder builder = services.AddScheduledBots(configure).UseInMemoryStorage().UseResourceAllocator(host).UseMeetingJoiner(host);
        build?.Invoke(builder);
        var scene = new Scene(services.BuildServiceProvider(), time, host);
        if (start)
        {
            await scene.Engine.StartAsync();
        }

        return scene;
    }

    public async Task<Bot> ScheduleAsync(TimeSpan? lead, string name = "Notes") =>
        (await Scheduler.ScheduleAsync(Request(lead, name))).Bot;

    public BotRequest Request(TimeSpan? lead, string name = "Notes") => new()
    {
        MeetingUrl = new Uri("https://meet.example.com/abc?pwd=secret"),
        Name = name,
        JoinAt = lead is { } ahead ? Now + ahead : null,
    };

    /// <summary>Lets the fake time pass in small steps until a bot is in a state; real time passes only for hand-overs.</summary>
    public async Task<Bot> UntilAsync(BotId id, BotStatus status, TimeSpan step)
    {
        for (int i = 0; i < 20_000; i++)
        {
            Bot bot = await Scheduler.FindAsync(id) ?? throw new InvalidOperationException("the bot is gone");
            if (bot.Status == status)
            {
                return bot;
            }

            Assert.False(bot.IsSettled, $"waited for {status}, but it is {bot} because of {bot.LastFailure?.Reason} {bot.LastFailure?.Detail}");
            await Task.Delay(1);
            Time.Advance(step);
        }

        throw new TimeoutException($"the bot never became {status}");
    }

    /// <summary>Lets the fake time pass in small steps until something holds.</summary>
    public async Task StepUntilAsync(Func<bool> holds)
    {
        for (int i = 0; i < 20_000 && !holds(); i++)
        {
            await Task.Delay(1);
            Time.Advance(TimeSpan.FromMilliseconds(500));
        }

        Assert.True(holds());
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
