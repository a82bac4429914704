// The main job on real input: a day of meetings from a calendar file, replayed in about twenty seconds.
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QuickStart;
using ScheduledBots;
using ScheduledBots.Lifecycle;

WorkingDay day;
try
{
    day = CalendarFile.Read(args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "working-day.ics"));
}
catch (CalendarFileException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

foreach (string problem in day.Problems)
{
    Console.Error.WriteLine($"left out: {problem}");
}

TimeProvider time = TimeProvider.System;
var meetings = new DemoMeetings(time);
HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
builder.Services
    .AddScheduledBots(options =>
    {
        // Minutes in real life; here a day takes twenty seconds.
        options.StagingLead = TimeSpan.FromSeconds(2);
        options.StagingSpread = TimeSpan.FromSeconds(0.5);
        options.ArmLead = TimeSpan.FromSeconds(0.5);
    })
    .UseInMemoryStorage()
    .UseResourceAllocator(meetings)
    .UseMeetingJoiner(meetings);
using IHost host = builder.Build();
await host.StartAsync();
IBotScheduler scheduler = host.Services.GetRequiredService<IBotScheduler>();

Console.WriteLine($"{day.Date:yyyy-MM-dd}: {day.Meetings.Count} meetings");
IReadOnlyList<DateTimeOffset> instants = Replay.Compress(day.Meetings, time.GetUtcNow().AddSeconds(4), TimeSpan.FromSeconds(16));
List<(Meeting Meeting, BotId Id)> scheduled = [];
for (int i = 0; i < instants.Count; i++)
{
    Meeting meeting = day.Meetings[i];
    ScheduleResult result = await scheduler.ScheduleAsync(new BotRequest { MeetingUrl = meeting.Link, Name = meeting.Title, JoinAt = instants[i] });
    scheduled.Add((meeting, result.Bot.Id));
}

// The last meeting is moved and the one before it called off, as days go; both are still far enough away.
int cancelled = 0;
if (instants[^1] - instants[0] > TimeSpan.FromSeconds(8))
{
    await scheduler.RescheduleAsync(scheduled[^1].Id, instants[^1].AddSeconds(1));
    await scheduler.CancelAsync(scheduled[^2].Id);
    cancelled = 1;
}

await Board.ShowAsync(ReadBotsAsync, meetings);
await host.StopAsync();

var summary = new Summary(scheduled.Count - cancelled, cancelled, [.. meetings.Lateness.Values.Select(late => late.TotalMilliseconds)]);
summary.Write(Console.Out);
return summary.IsGood ? 0 : 1;

async Task<IReadOnlyList<DemoBot>> ReadBotsAsync()
{
    List<DemoBot> bots = [];
    foreach ((Meeting meeting, BotId id) in scheduled)
    {
        Bot bot = await scheduler.FindAsync(id) ?? throw new InvalidOperationException($"bot {id} is gone before its retention");
        bots.Add(new DemoBot(meeting, id, bot.JoinAt, bot.StatusAt(time.GetUtcNow())));
    }

    return bots;
}
