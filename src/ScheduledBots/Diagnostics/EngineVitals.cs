using System.Collections.Immutable;
using ScheduledBots.Execution;

namespace ScheduledBots.Diagnostics;

/// <summary>What the engine lets others see of itself: written by the engine, read by gauges and the health check.</summary>
/// <remarks>Thread-safe; the loop pays two plain writes a turn.</remarks>
internal sealed class EngineVitals(EngineClock clock)
{
    private volatile int _ownedCount;
    private long _nextDeadlineTicks = long.MaxValue;
    private volatile EngineStage _stage;
    private ImmutableArray<WorkerThreads> _workers = [];

    /// <summary>The scheduler's clock.</summary>
    public EngineClock Clock { get; } = clock;

    /// <summary>How far the engine has come.</summary>
    public EngineStage Stage
    {
        get => _stage;
        set => _stage = value;
    }

    /// <summary>Which precision of waking is in force; null before the engine was started.</summary>
    public string? Waker { get; set; }

    /// <summary>What the engine is among others; null before it was started.</summary>
    public NodeSelf? Node { get; set; }

    /// <summary>Whether the engine's bots survive the process; null before the engine was started.</summary>
    public bool? IsDurable { get; set; }

    /// <summary>The threads that run the host's code.</summary>
    public IReadOnlyList<WorkerThreads> Workers => _workers;

    /// <summary>How many bots are on the agenda.</summary>
    public int OwnedCount => _ownedCount;

    /// <summary>When the loop must have its next turn at the latest, or null while only signals can bring work.</summary>
    public DateTimeOffset? NextDeadline
    {
        get
        {
            long ticks = Volatile.Read(ref _nextDeadlineTicks);
            return ticks == long.MaxValue ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
        }
    }

    /// <summary>Adds threads that run the host's code.</summary>
    public void Watch(WorkerThreads workers) => ImmutableInterlocked.Update(ref _workers, (all, one) => all.Add(one), workers);

    /// <summary>The loop has ended a turn.</summary>
    public void TurnEnded(int ownedCount, DateTimeOffset? nextDeadline)
    {
        _ownedCount = ownedCount;
        Volatile.Write(ref _nextDeadlineTicks, nextDeadline?.UtcTicks ?? long.MaxValue);
    }
}
