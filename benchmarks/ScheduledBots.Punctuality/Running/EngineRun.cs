using ScheduledBots.Measuring;

namespace ScheduledBots.Punctuality.Running;

/// <summary>An engine whose bots are all scheduled well ahead, until the last has joined.</summary>
internal static class EngineRun
{
    public static async Task RunAsync(StoreKind store, string connection, DateTimeOffset[] instants, Arrivals arrivals)
    {
        using EngineHost host = await EngineHost.StartAsync(store, connection, new Meeting(arrivals.Record));
        await host.ScheduleAsync([.. instants.Select((instant, index) => Meeting.Request(index, instant))]);

        // Who has not arrived a minute after the last instant is lost, and counted so.
        TimeSpan patience = instants[^1] - DateTimeOffset.UtcNow + TimeSpan.FromMinutes(1);
        await Task.WhenAny(arrivals.All, Task.Delay(patience));
        await host.StopAsync();
    }
}
