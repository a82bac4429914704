using System.Collections.Concurrent;
using System.Diagnostics;
using ScheduledBots.Peers.Entrants;

namespace ScheduledBots.Peers.Running;

/// <summary>How many calls a second: as many as end within a while, each after a warm-up.</summary>
internal static class RatesRun
{
    private const int BulkJobs = 5_000;
    private const int WarmUpCalls = 100;
    private const int WarmUpBulk = 1_000;

    private static DateTimeOffset Tomorrow => DateTimeOffset.UtcNow.AddDays(1 + Random.Shared.NextDouble());

    public static async Task<Findings> RunAsync(IPeer peer, TimeSpan time)
    {
        // Indexes are not counted: nothing is due before tomorrow.
        ConcurrentBag<object> known = [];
        async Task ScheduleAsync() => known.Add(await peer.ScheduleAsync(new Job(-1, Tomorrow)));
        for (int call = 0; call < WarmUpCalls; call++)
        {
            await ScheduleAsync();
        }

        await BulkAsync(peer, WarmUpBulk);
        double one = await RateAsync(1, time, ScheduleAsync, () => true);
        double eight = await RateAsync(8, time, ScheduleAsync, () => true);
        double bulk = 0;
        long start = Stopwatch.GetTimestamp();
        int rounds = 0;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            await BulkAsync(peer, BulkJobs);
            bulk = ++rounds * BulkJobs / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        var jobs = new ConcurrentQueue<object>(known);
        double? reschedules = peer.Reschedule is { } reschedule
            ? await RateAsync(1, time, () => Next(jobs, again: true, job => reschedule(job, Tomorrow)), () => !jobs.IsEmpty)
            : null;
        double? cancels = peer.Cancel is { } cancel
            ? await RateAsync(1, time, () => Next(jobs, again: false, cancel), () => !jobs.IsEmpty)
            : null;
        return new Findings { OneWriter = one, EightWriters = eight, Bulk = bulk, Reschedules = reschedules, Cancels = cancels };
    }

    private static Task BulkAsync(IPeer peer, int count) => peer.ScheduleManyAsync([.. Enumerable.Range(0, count).Select(_ => new Job(-1, Tomorrow))]);

    private static async Task Next(ConcurrentQueue<object> jobs, bool again, Func<object, Task> action)
    {
        if (jobs.TryDequeue(out object? job))
        {
            await action(job);
            if (again)
            {
                jobs.Enqueue(job);
            }
        }
    }

    private static async Task<double> RateAsync(int callers, TimeSpan time, Func<Task> action, Func<bool> goesOn)
    {
        long start = Stopwatch.GetTimestamp();
        int[] counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            int count = 0;
            for (; Stopwatch.GetElapsedTime(start) < time && goesOn(); count++)
            {
                await action();
            }

            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
