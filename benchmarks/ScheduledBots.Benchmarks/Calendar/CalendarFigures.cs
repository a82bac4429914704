using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Calendar;
using ScheduledBots.Measuring;

namespace ScheduledBots.Benchmarks.Calendar;

/// <summary>How long a sync of a large feed takes on a store in memory: new, unchanged, and with a tenth moved. Writes artifacts/bench/calendar.json.</summary>
internal static class CalendarFigures
{
    private const int EventCount = 10_000;

    /// <summary>The longest a sync may take, in seconds.</summary>
    private const double MostSeconds = 5;

    public static async Task RunAsync()
    {
        TimeProvider time = TimeProvider.System;
        DateTimeOffset firstAt = time.GetUtcNow().AddDays(1);
        byte[] bytes = Write(firstAt, moved: 0);
        await using ServiceProvider services = new ServiceCollection().AddScheduledBots().UseInMemoryStorage().ScheduleOnly().Services.BuildServiceProvider();
        using var sync = new CalendarSync(
            "bench", CalendarSource.Stream(_ => new ValueTask<Stream>(new MemoryStream(bytes))), services.GetRequiredService<IBotScheduler>());
        var table = new FigureTable("calendar");
        table.Add(await MeasureAsync(sync, time, $"{EventCount:N0} new events", report => report.ScheduledCount == EventCount));
        table.Add(await MeasureAsync(sync, time, "unchanged", report => report.IsUnchanged && report.KeptCount == EventCount));
        bytes = Write(firstAt, moved: EventCount / 10);
        table.Add(await MeasureAsync(sync, time, "a tenth moved", report => report.ChangedCount == EventCount / 10));
    }

    private static async Task<Figure> MeasureAsync(CalendarSync sync, TimeProvider time, string what, Func<CalendarSyncReport, bool> isRight)
    {
        long start = time.GetTimestamp();
        CalendarSyncReport report = await sync.SyncAsync();
        double seconds = time.GetElapsedTime(start).TotalSeconds;
        return isRight(report)
            ? new Figure("InMemory", what, seconds, "s", Most: MostSeconds, Note: report.ToString())
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
