using ScheduledBots.Measuring;
using ScheduledBots.Peers.Entrants;

namespace ScheduledBots.Peers.Running;

/// <summary>
/// Two processes share a database, and one of them is killed in the middle of the workload; what each has begun it wrote to
/// a file of its own. Lateness, losses and doubles are those of both together.
/// </summary>
internal static class TakeOverRun
{
    /// <summary>Half of the jobs are due before the kill, half after it.</summary>
    public static readonly Workload Workload = new("take-over", 1_000, TimeSpan.FromSeconds(10));

    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(12);

    /// <summary>After the last instant; longer than ScheduledBots waits before it makes an attempt again that may have been made.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<Findings> RunAsync(Entrant entrant, string connection)
    {
        using var victim = new NodeProcess(entrant, connection, "first");
        using var survivor = new NodeProcess(entrant, connection, "second");
        await victim.ReadyAsync();
        await survivor.ReadyAsync();

        // Both processes draw the same instants from the same first one.
        DateTimeOffset first = DateTimeOffset.UtcNow + Lead;
        DateTimeOffset[] instants = Workload.Instants(first, seed: 1);
        await victim.ScheduleAsync(first);
        TimeSpan untilHalf = first + (Workload.Length / 2) - DateTimeOffset.UtcNow;
        await Task.Delay(untilHalf > TimeSpan.Zero ? untilHalf : TimeSpan.Zero);
        victim.Kill();
        var steal = new StealTime();

        // Whoever has not begun when the patience is spent is lost.
        DateTimeOffset end = instants[^1] + Patience;
        var arrivals = Collect();
        while (!arrivals.All.IsCompleted && DateTimeOffset.UtcNow < end)
        {
            await Task.Delay(500);
            arrivals = Collect();
        }

        return new Findings { Lateness = arrivals.Result(steal.Percent) };

        Arrivals Collect()
        {
            var collected = new Arrivals(instants);
            foreach ((int index, long ticks) in victim.Arrived().Concat(survivor.Arrived()).OrderBy(arrival => arrival.Ticks))
            {
                collected.Record(index, ticks);
            }

            return collected;
        }
    }
}
