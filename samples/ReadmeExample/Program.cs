using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ReadmeExample;
using ScheduledBots;
using ScheduledBots.Lifecycle;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddScheduledBots(options => options.StagingLead = TimeSpan.FromMinutes(5))
    .UseInMemoryStorage()
    .UseResourceAllocator<BrowserAllocator>()
    .UseMeetingJoiner<BrowserJoiner>();
using IHost host = builder.Build();
await host.StartAsync();
IBotScheduler scheduler = host.Services.GetRequiredService<IBotScheduler>();

ScheduleResult result = await scheduler.ScheduleAsync(new BotRequest
{
    MeetingUrl = new Uri("https://meet.example.com/abc"),
    Name = "Notes",
    JoinAt = TimeProvider.System.GetUtcNow().AddSeconds(2),
});

await Task.Delay(TimeSpan.FromSeconds(4));
Bot? bot = await scheduler.FindAsync(result.Bot.Id);
Console.WriteLine($"the bot is {bot?.Status}");
await host.StopAsync();
return bot?.Status == BotStatus.Joined ? 0 : 1;
