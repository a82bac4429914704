using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ScheduledBots.Calendar;

namespace Docs;

internal static class Calendars
{
    public static void AddTeam(HostApplicationBuilder builder) =>
        builder.Services.AddScheduledBots()
            .AddCalendarFeed("team", CalendarSource.Url(new Uri("https://calendar.example.com/team.ics")));

    public static void AddDesk(HostApplicationBuilder builder) =>
        builder.Services.AddScheduledBots()
            .AddCalendarFeed("desk", CalendarSource.File("desk.ics"), options =>
            {
                options.BotName = "Notes";
                options.Window = TimeSpan.FromDays(7);
                options.Owner = "desk@example.com";                       // whose answer tells a declined event
                options.Accepts = meeting => !meeting.IsAllDay && !meeting.IsDeclined && !meeting.Title.StartsWith("Private", StringComparison.Ordinal);
            });

    public static async Task SyncNowAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        CalendarSync sync = services.GetRequiredKeyedService<CalendarSync>("team");
        CalendarSyncReport report = await sync.SyncAsync(cancellationToken);
        foreach (CalendarRefusal refusal in report.Refusals)
        {
            Console.WriteLine($"{refusal.Change} of bot {refusal.BotId} came too late: {refusal.Error.Message}");
        }
    }
}
