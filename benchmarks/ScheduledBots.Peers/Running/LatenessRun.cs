using System.Diagnostics;
using ScheduledBots.Measuring;
using ScheduledBots.Peers.Entrants;

namespace ScheduledBots.Peers.Running;

/// <summary>Schedules a workload well ahead and records when each of its jobs begins.</summary>
internal static class LatenessRun
{
    private const int WarmUpJobs = 200;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    /// <summary>For the jobs of the warm-up to begin: longer than any peer waits before it looks.</summary>
    private static readonly TimeSpan MaxWarmUp = TimeSpan.FromSeconds(20);

    public static async Task<Findings> RunAsync(IPeer peer, Workload workload, Sizes sizes)
    {
        double secondsPerJob = await WarmUpAsync(peer);
        TimeSpan lead = Settling + TimeSpan.FromSeconds(workload.Count * secondsPerJob * 1.3);
        DateTimeOffset first = DateTimeOffset.UtcNow + (lead < sizes.MaxLead ? lead : sizes.MaxLead);
        DateTimeOffset[] instants = workload.Instants(first, seed: 1);
        var arrivals = new Arrivals(instants);
        Entry.Subscribe(arrivals.Record);
        await peer.ScheduleManyAsync([.. instants.Select((at, index) => new Job(index, at))]);
        TimeSpan after = DateTimeOffset.UtcNow - first;

        TimeSpan left = instants[^1] + sizes.Patience - DateTimeOffset.UtcNow;
        double stealPercent = await StealTime.AroundAsync(first, Task.WhenAny(arrivals.All, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero)));
        return new Findings
        {
            Lateness = arrivals.Result(stealPercent),
            Note = after > TimeSpan.Zero ? $"the last job was scheduled {after.TotalSeconds:0} s after the first was due" : null,
        };
    }

    /// <summary>
    /// Some jobs that begin at once and are not counted: what they compile is compiled for everybody. They are waited for, so that
    /// they are in nobody's way.
    /// </summary>
    /// <returns>What a job takes to be scheduled, so that the first instant lies behind the last call.</returns>
    private static async Task<double> WarmUpAsync(IPeer peer)
    {
        await peer.ScheduleManyAsync(Jobs());
        long start = Stopwatch.GetTimestamp();
        await peer.ScheduleManyAsync(Jobs());
        double secondsPerJob = Stopwatch.GetElapsedTime(start).TotalSeconds / WarmUpJobs;
        while (Entry.WarmUpCount < 2 * WarmUpJobs && Stopwatch.GetElapsedTime(start) < MaxWarmUp)
        {
            await Task.Delay(100);
        }

        return secondsPerJob;
    }

    private static Job[] Jobs() =>
        [.. Enumerable.Range(0, WarmUpJobs).Select(number => new Job(-1, DateTimeOffset.UtcNow.AddMilliseconds(1_000 + number)))];
}
