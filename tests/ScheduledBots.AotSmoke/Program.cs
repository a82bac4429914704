// Published as native code by the checks: one bot, scheduled a second ahead, joins. Exit code 0 only if it did, on time.
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ScheduledBots;
using ScheduledBots.AotSmoke;
using ScheduledBots.Extensibility;

HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
{
    ["ScheduledBots:StagingLead"] = "00:00:00.500",
    ["ScheduledBots:StagingSpread"] = "00:00:00",
    ["ScheduledBots:ArmLead"] = "00:00:00.100",
});
var meeting = new SmokeMeeting();
builder.Services.AddScheduledBots(builder.Configuration.GetSection("ScheduledBots"))
    .UseInMemoryStorage()
    .UseResourceAllocator(meeting)
    .UseMeetingJoiner(meeting);
using IHost host = builder.Build();
await host.StartAsync();

await host.Services.GetRequiredService<IBotScheduler>().ScheduleAsync(new BotRequest
{
    MeetingUrl = new Uri("https://meet.example.com/smoke"),
    Name = "Smoke",
    JoinAt = DateTimeOffset.UtcNow.AddSeconds(1),
});
JoinAttempt attempt = await meeting.Joined.Task.WaitAsync(TimeSpan.FromSeconds(30));
await host.StopAsync();

Console.WriteLine($"aot smoke: joined, lateness {attempt.Lateness.TotalMilliseconds:0.000} ms");
return attempt.Lateness < TimeSpan.Zero ? 1 : 0;
