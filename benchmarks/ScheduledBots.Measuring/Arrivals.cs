namespace ScheduledBots.Measuring;

/// <summary>When each bot of a run arrived, first and again. Thread-safe; recording allocates nothing.</summary>
public sealed class Arrivals(DateTimeOffset[] instants)
{
    private readonly long[] _arrivedAt = new long[instants.Length];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _doubled;

    /// <summary>Completes when every bot has arrived.</summary>
    public Task All => _all.Task;

    /// <summary>Bot <paramref name="index"/> arrived at <paramref name="ticks"/> of the wall clock, UTC.</summary>
    public void Record(int index, long ticks)
    {
        if (Interlocked.CompareExchange(ref _arrivedAt[index], ticks, 0) != 0)
        {
            Interlocked.Increment(ref _doubled);
        }
        else if (Interlocked.Increment(ref _count) == instants.Length)
        {
            _all.SetResult();
        }
    }

    /// <summary>The lateness of all that arrived, in microseconds, negative for early.</summary>
    public RunResult Result(double stealPercent)
    {
        double[] lateness = [.. Enumerable.Range(0, instants.Length)
            .Where(i => _arrivedAt[i] != 0)
            .Select(i => (_arrivedAt[i] - instants[i].UtcTicks) / (double)TimeSpan.TicksPerMicrosecond)
            .Order()];
        return new RunResult
        {
            LatenessMicros = lateness,
            Early = lateness.Count(micros => micros < 0),
            Lost = instants.Length - lateness.Length,
            Doubled = _doubled,
            StealPercent = stealPercent,
        };
    }
}
