using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ScheduledBots.DependencyInjection;
using ScheduledBots.Lifecycle;
using ScheduledBots.Measuring;

namespace ScheduledBots.Punctuality.Running;

/// <summary>A host with the engine at its defaults; all bots are scheduled well ahead.</summary>
internal static class EngineRun
{
    private static readonly Uri MeetingUrl = new("https://meet.example.com/punctuality");

    public static async Task RunAsync(StoreKind store, string connection, DateTimeOffset[] instants, Arrivals arrivals)
    {
        var meeting = new Meeting(arrivals);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        IScheduledBotsBuilder bots = builder.Services.AddScheduledBots().UseResourceAllocator(meeting).UseMeetingJoiner(meeting);
        _ = store switch
        {
            StoreKind.Memory => bots.UseInMemoryStorage(),
            StoreKind.Sqlite => bots.UseEfCoreStorage(options => options.UseSqlite(connection)),
            _ => bots.UseEfCoreStorage(options => options.UseNpgsql(connection)),
        };
        using IHost host = builder.Build();
        await host.StartAsync();

        IBotScheduler scheduler = host.Services.GetRequiredService<IBotScheduler>();
        BotRequest[] requests = [.. instants.Select((instant, index) => new BotRequest
        {
            Id = BotId.New(DateTimeOffset.UtcNow), MeetingUrl = MeetingUrl, Name = Meeting.NameOf(index), JoinAt = instant,
        })];
        IReadOnlyList<ScheduleOutcome> outcomes = await Repeat.OnAsync<IReadOnlyList<ScheduleOutcome>, StoreUnavailableException>(
            () => scheduler.ScheduleManyAsync(requests));
        if (outcomes.FirstOrDefault(outcome => outcome.Error is not null) is { } refused)
        {
            throw new InvalidOperationException("A bot was not scheduled.", refused.Error);
        }

        // Who has not arrived a minute after the last instant is lost, and counted so.
        TimeSpan patience = instants[^1] - DateTimeOffset.UtcNow + TimeSpan.FromMinutes(1);
        await Task.WhenAny(arrivals.All, Task.Delay(patience));
        await host.StopAsync();
    }
}
