using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Calendar.Tests;

/// <summary>A generic host that polls one feed, on a clock and with a feed that the test holds in its hand.</summary>
internal sealed class PollingHost : IAsyncDisposable
{
    public const string FeedName = "team";

    private readonly IHost _host;

    private PollingHost(Func<PollingHost, CancellationToken, ValueTask<Stream>>? open, Action<ScheduledBotsOptions>? configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddLogging(logging => logging.AddFakeLogging());
        builder.Services.AddScheduledBots(configure ?? (_ => { })).UseInMemoryStorage().ScheduleOnly()
            .AddCalendarFeed(FeedName, CalendarSource.Stream(cancel => (open ?? Read)(this, cancel)), options => options.PollInterval = Interval);
        _host = builder.Build();
    }

    public static TimeSpan Interval { get; } = TimeSpan.FromMinutes(7);

    public NotingTime Time { get; } = new();

    public string Text { get; set; } = Feed.Of(Feed.At("a", "1000"));

    public CalendarSync Sync => _host.Services.GetRequiredKeyedService<CalendarSync>(FeedName);

    /// <summary>What was logged of calendars, oldest first.</summary>
    public IReadOnlyList<FakeLogRecord> Log =>
        [.. _host.Services.GetFakeLogCollector().GetSnapshot().Where(record => record.Category == "ScheduledBots.Calendar")];

    public static async Task<PollingHost> StartAsync(
        Func<PollingHost, CancellationToken, ValueTask<Stream>>? open = null, Action<ScheduledBotsOptions>? configure = null)
    {
        var host = new PollingHost(open, configure);
        await host._host.StartAsync();
        return host;
    }

    /// <summary>The text as a stream.</summary>
    public static ValueTask<Stream> Read(PollingHost host, CancellationToken cancellationToken) => new(new MemoryStream(Encoding.UTF8.GetBytes(host.Text)));

    /// <summary>Waits until a sync is over and the poller waits for its next turn.</summary>
    public Task UntilSyncedAsync() => Time.UntilTimerOfAsync(Interval);

    /// <summary>Lets the interval pass, and the sync that is due then.</summary>
    public Task NextSyncAsync()
    {
        Time.Advance(Interval);
        return UntilSyncedAsync();
    }

    public async Task<IReadOnlyList<Bot>> OpenBotsAsync() => await _host.Services.GetRequiredService<IBotScheduler>()
        .ListAllAsync(new BotFilter()).Where(bot => !bot.IsSettled).ToListAsync();

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
