using System.Text;
using ScheduledBots.Lifecycle;
using ScheduledBots.Testing;

namespace ScheduledBots.Calendar.Tests;

/// <summary>A scheduler in virtual time and one feed whose text the test holds in its hand.</summary>
internal sealed class FeedHost : IDisposable
{
    private readonly CalendarSync _sync;

    public FeedHost(CalendarFeedOptions? options = null)
    {
        Host = TestSchedulerHost.Start();
        _sync = new CalendarSync("team", CalendarSource.Stream(_ => new ValueTask<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(Text)))), Host.Scheduler, options, Host.Time);
    }

    public TestSchedulerHost Host { get; }

    public string Text { get; set; } = Feed.Of();

    /// <summary>The bots that are not settled, by their instant.</summary>
    public IEnumerable<Bot> Open => Host.Bots.Where(bot => !bot.IsSettled);

    /// <summary>What an onlooker sees of the bots that are not settled.</summary>
    public IEnumerable<string> Picture => Open.Select(bot => $"{bot.DeduplicationKey} {bot.JoinAt:O} {bot.MeetingUrl} {bot.Name}").Order(StringComparer.Ordinal);

    public CalendarSyncReport Sync(params string[] events)
    {
        Text = Feed.Of(events);
        return Sync();
    }

    public CalendarSyncReport Sync() => Host.Run(() => _sync.SyncAsync());

    public void Dispose()
    {
        _sync.Dispose();
        Host.Dispose();
    }
}
