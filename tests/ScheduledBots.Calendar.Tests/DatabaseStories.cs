using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Calendar.Tests;

/// <summary>A large feed whose bots are rows of a database.</summary>
public sealed class DatabaseStories : IDisposable
{
    private const int EventCount = 10_000;

    /// <summary>Few, because each is a write of its own that waits for the disk.</summary>
    private const int MovedCount = 30, RemovedCount = 20;

    private static readonly TimeSpan Move = TimeSpan.FromDays(8);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scheduled-bots-");

    [Fact]
    public async Task Ten_thousand_events_are_scheduled_kept_moved_and_cancelled_as_the_feed_says()
    {
        DateTimeOffset firstAt = TimeProvider.System.GetUtcNow().AddDays(1);
        firstAt = new DateTimeOffset(firstAt.Year, firstAt.Month, firstAt.Day, firstAt.Hour, 0, 0, TimeSpan.Zero);
        string text = Write(firstAt, moved: 0, removed: 0);
        CalendarSource source = CalendarSource.Stream(_ => new ValueTask<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text))));
        CalendarSyncReport created, again, changed;
        await using (ServiceProvider services = Open())
        {
            using var sync = new CalendarSync("team", source, services.GetRequiredService<IBotScheduler>());
            created = await sync.SyncAsync();
            again = await sync.SyncAsync();
            text = Write(firstAt, MovedCount, RemovedCount);
            changed = await sync.SyncAsync();
        }

        // Another process: it remembers nothing, and finds in the rows that all is done.
        await using ServiceProvider later = Open();
        IBotScheduler scheduler = later.GetRequiredService<IBotScheduler>();
        using var afterwards = new CalendarSync("team", source, scheduler);
        CalendarSyncReport kept = await afterwards.SyncAsync();
        List<Bot> bots = await scheduler.ListAllAsync(new BotFilter { PageSize = BotFilter.MaxPageSize }).ToListAsync();

        Assert.Equal((EventCount, 0), (created.ScheduledCount, created.Refusals.Count + created.Problems.Count));
        Assert.Equal((true, EventCount), (again.IsUnchanged, again.KeptCount));
        Assert.Equal((MovedCount, RemovedCount, EventCount - MovedCount - RemovedCount), (changed.ChangedCount, changed.CancelledCount, changed.KeptCount));
        Assert.Equal(("0 scheduled, 0 changed, 0 cancelled, 9980 kept, 0 refused, 0 not readable", false), (kept.ToString(), kept.IsUnchanged));
        Assert.Equal(RemovedCount, bots.Count(bot => bot.Status == BotStatus.Cancelled));
        Assert.Equal(
            Enumerable.Range(0, EventCount - RemovedCount).Select(i => StartOf(firstAt, i, MovedCount)).Order(),
            bots.Where(bot => !bot.IsSettled).Select(bot => bot.JoinAt));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ServiceProvider Open() => new ServiceCollection()
        .AddScheduledBots()
        .UseEfCoreStorage(options => options.UseSqlite($"Data Source={Path.Combine(_folder.FullName, "bots.db")};Pooling=False"))
        .ScheduleOnly()
        .Services.BuildServiceProvider();

    /// <summary>Seven days full of meetings, one at each minute; the first ones are moved behind them, the last ones removed.</summary>
    private static string Write(DateTimeOffset firstAt, int moved, int removed) => Feed.Of(
        [.. Enumerable.Range(0, EventCount - removed).Select(i =>
            Feed.Event($"event-{i}", $"DTSTART:{StartOf(firstAt, i, moved):yyyyMMdd'T'HHmmss'Z'}", $"X-GOOGLE-CONFERENCE:https://meet.example.com/{i}"))]);

    private static DateTimeOffset StartOf(DateTimeOffset firstAt, int i, int moved) => firstAt.AddMinutes(i) + (i < moved ? Move : TimeSpan.Zero);
}
