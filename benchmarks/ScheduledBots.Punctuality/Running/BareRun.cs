using ScheduledBots.Configuration;
using ScheduledBots.Execution;
using ScheduledBots.Measuring;

namespace ScheduledBots.Punctuality.Running;

/// <summary>The engine's wait and its workers without the engine: what this machine can do at best.</summary>
/// <remarks>
/// Spread bots arrive on the waking thread itself; a herd is handed to the same workers that join, one call each.
/// </remarks>
internal static class BareRun
{
    public static async Task RunAsync(Workload workload, DateTimeOffset[] instants, Arrivals arrivals)
    {
        var clock = new EngineClock(TimeProvider.System, TimeSpan.FromMilliseconds(250));
        using var workers = new WorkerThreads("bare", maxBlocked: 32, Fail);
        await using var waker = new PreciseWaker(clock, new ScheduledBotsOptions().MaxSpin, Fail);
        int next = 0;
        waker.Start(() =>
        {
            DateTimeOffset now = clock.Now;
            for (; next < instants.Length && instants[next] <= now; next++)
            {
                int index = next;
                if (workload.Length > TimeSpan.Zero)
                {
                    arrivals.Record(index, DateTime.UtcNow.Ticks);
                }
                else
                {
                    workers.Post(() => arrivals.Record(index, DateTime.UtcNow.Ticks));
                }
            }

            return next < instants.Length ? instants[next] : null;
        });
        await arrivals.All;
    }

    private static void Fail(Exception error) => Environment.FailFast("The bare waker failed.", error);
}
