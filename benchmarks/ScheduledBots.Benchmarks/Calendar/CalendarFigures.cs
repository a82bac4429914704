using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Calendar;
using ScheduledBots.DependencyInjection;
using ScheduledBots.Measuring;

namespace ScheduledBots.Benchmarks.Calendar;

/// <summary>How long a sync of a large feed takes, in memory and in a file: new, unchanged, and with a tenth moved. Writes artifacts/bench/calendar.json.</summary>
internal static class CalendarFigures
{
    private const int EventCount = 10_000;

    /// <summary>The longest a sync may take, in seconds.</summary>
    private const double MostSeconds = 5;

    public static async Task RunAsync()
    {
        var table = new FigureTable("calendar");
        await MeasureAsync(table, "InMemory", builder => builder.UseInMemoryStorage(), mostToMove: MostSeconds);

        // Without a bound where a tenth is moved: each is a write of its own, which waits for whatever disk there is.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduled-bots-");
        try
        {
            string file = $"Data Source={Path.Combine(folder.FullName, "calendar.db")};Pooling=False";
            await MeasureAsync(table, "SQLite", builder => builder.UseEfCoreStorage(options => options.UseSqlite(file)), mostToMove: null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(FigureTable table, string store, Func<IScheduledBotsBuilder, IScheduledBotsBuilder> keep, double? mostToMove)
    {
        DateTimeOffset firstAt = TimeProvider.System.GetUtcNow().AddDays(1);
        byte[] bytes = Write(firstAt, moved: 0);
        await using ServiceProvider services = keep(new ServiceCollection().AddScheduledBots()).ScheduleOnly().Services.BuildServiceProvider();
        using var sync = new CalendarSync(
            "bench", CalendarSource.Stream(_ => new ValueTask<Stream>(new MemoryStream(bytes))), services.GetRequiredService<IBotScheduler>());
        table.Add(await MeasureAsync(sync, store, $"{EventCount:N0} new events", MostSeconds, report => report.ScheduledCount == EventCount));
        table.Add(await MeasureAsync(sync, store, "unchanged", MostSeconds, report => report.IsUnchanged && report.KeptCount == EventCount));
        bytes = Write(firstAt, moved: EventCount / 10);
        table.Add(await MeasureAsync(sync, store, "a tenth moved", mostToMove, report => report.ChangedCount == EventCount / 10));
    }

    private static async Task<Figure> MeasureAsync(CalendarSync sync, string store, string what, double? most, Func<CalendarSyncReport, bool> isRight)
    {
        long start = TimeProvider.System.GetTimestamp();
        CalendarSyncReport report = await sync.SyncAsync();
        double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        return isRight(report)
            ? new Figure(store, what, seconds, "s", Most: most, Note: report.ToString())
            : throw new InvalidOperationException($"The sync did something else: {report}.");
    }

    private static byte[] Write(DateTimeOffset firstAt, int moved)
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\n");
        for (int i = 0; i < EventCount; i++)
        {
            // Seven days full of meetings, one at each minute.
            DateTimeOffset startsAt = firstAt.AddMinutes(i + (i < moved ? 30 : 0));
            text.Append("BEGIN:VEVENT\r\n")
                .Append($"DTSTART:{startsAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}\r\nDTEND:{startsAt.UtcDateTime.AddHours(1):yyyyMMdd'T'HHmmss'Z'}\r\n")
                .Append($"UID:event-{i}@example.com\r\nSUMMARY:Meeting {i}\r\nSTATUS:CONFIRMED\r\nORGANIZER;CN=Kim:mailto:kim@example.com\r\n")
                .Append("ATTENDEE;CN=Lee;PARTSTAT=ACCEPTED:mailto:lee@example.com\r\nATTENDEE;CN=Ola;PARTSTAT=DECLINED:mailto:ola@example.com\r\n")
                .Append("DESCRIPTION:Please read the notes at https://wiki.example.com/page first.\\n\\nSee you!\r\n")
                .Append($"LOCATION:Room 4 / https://acme.zoom.us/j/{1_000_000 + i}\r\n")
                .Append("BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT10M\r\nDESCRIPTION:Soon\r\nEND:VALARM\r\nEND:VEVENT\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("END:VCALENDAR\r\n").ToString());
    }
}
