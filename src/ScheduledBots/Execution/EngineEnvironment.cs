using ScheduledBots.Lifecycle;

namespace ScheduledBots.Execution;

/// <summary>
/// What an engine takes from the world: time, threads, chance and its name. Everything that could make two runs differ
/// comes through here or through the ports, so that a simulation can replace it all and replay a run exactly.
/// </summary>
/// <param name="TimeProvider">The wall clock, the monotonic clock and the timers.</param>
internal sealed record EngineEnvironment(TimeProvider TimeProvider)
{
    /// <summary>Makes what gives the loop its turns; takes the clock, the longest spin, and where faults go.</summary>
    public Func<EngineClock, TimeSpan, Action<Exception>, Waker> CreateWaker { get; init; } =
        (clock, maxSpin, onFault) => Waker.Create(TimeProvider, clock, maxSpin, onFault);

    /// <summary>Makes what runs one kind of the host's code; takes its name, how many calls may block, and where faults go.</summary>
    public Func<string, int, Action<Exception>, CallRunner> CreateWorkers { get; init; } =
        (name, maxBlocked, onFault) => new WorkerThreads(name, maxBlocked, onFault);

    /// <summary>Runs the engine's own work, which never blocks.</summary>
    public CallRunner Background { get; init; } = new PoolRunner();

    /// <summary>Names one incarnation of a node.</summary>
    public Func<DateTimeOffset, NodeId> NewNodeId { get; init; } = NodeId.New;

    /// <summary>Called as an engine begins to work: prepares what is slow the first time. Does not wait, and does not throw.</summary>
    public Action Rehearse { get; init; } = static () => { };

    /// <summary>Collects the young garbage before a herd; returns when that is done.</summary>
    public Action CollectYoung { get; init; } = static () => { };

    /// <summary>The most marks in one page of the rows; a simulation has a page full with a few bots.</summary>
    public int MarksAtOnce { get; init; } = Reconciler.DefaultMarksAtOnce;

    /// <summary>The most whole rows that are read back by one call.</summary>
    public int RowsAtOnce { get; init; } = Reconciler.DefaultRowsAtOnce;

    /// <summary>A random number, at least 0 and below 1, for jitter. Thread-safe.</summary>
    public Func<double> NextRandom { get; init; } = Random.Shared.NextDouble;
}
