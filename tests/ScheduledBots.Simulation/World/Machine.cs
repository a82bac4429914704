using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.World;

/// <summary>One machine: its clocks and its cable outlive the processes that run on it.</summary>
internal sealed class Machine(Timeline timeline, MachinePlan plan)
{
    private static readonly long Carried = TimeSpan.FromSeconds(70).Ticks;

    private readonly WallSteps _wall = new(plan.WallOffset);
    private int _sleeps;
    private long _asleepSince;
    private long _slept;

    public int Number => plan.Number;

    /// <summary>While this lies ahead, no process here gets a turn, but time passes.</summary>
    public long? FrozenUntil { get; set; }

    /// <summary>While this lies ahead, the loop of what runs here gets no turn.</summary>
    public long StalledUntil { get; set; }

    /// <summary>Whether what is started here is of the next version.</summary>
    public bool IsUpgraded { get; set; }

    /// <summary>The cable to the store.</summary>
    public Cable Cable { get; } = new();

    /// <summary>What runs here now.</summary>
    public Process? Process { get; set; }

    /// <summary>What drains here, beside its successor.</summary>
    public Process? Leaving { get; set; }

    public DateTimeOffset Wall => Timeline.Start.AddTicks(Drifted(timeline.Now, plan.WallDrift) + _wall.Offset);

    public long Timestamp => Drifted(Awake, plan.MonotonicDrift);

    /// <summary>How long this machine has been awake, in true time.</summary>
    private long Awake => (_sleeps > 0 ? _asleepSince : timeline.Now) - _slept;

    /// <summary>Somebody sets the clock.</summary>
    public void StepWall(TimeSpan by) => _wall.Add(timeline.Now, Math.Max(timeline.Now, FrozenUntil ?? 0), by);

    /// <summary>Nothing gets a turn, and the monotonic clock stands still.</summary>
    public void FallAsleep(long until)
    {
        FrozenUntil = Math.Max(FrozenUntil ?? 0, until);
        _asleepSince = _sleeps++ == 0 ? timeline.Now : _asleepSince;
    }

    public void WakeUp() => _slept += --_sleeps == 0 ? timeline.Now - _asleepSince : 0;

    /// <summary>True time until the monotonic clock has advanced so far, rounded up; longer where the machine sleeps meanwhile.</summary>
    public long ToTrue(TimeSpan monotonic)
    {
        long target = Timestamp + monotonic.Ticks;
        long delay = monotonic.Ticks - Drifted(monotonic.Ticks, plan.MonotonicDrift) + monotonic.Ticks;
        while (Drifted(Awake + delay, plan.MonotonicDrift) < target)
        {
            delay++;
        }

        return delay;
    }

    /// <summary>Whether somebody set the clock between two instants.</summary>
    public bool WasStepped(long from, long until) => _wall.Any(from, until);

    /// <summary>
    /// How far ahead of true time a process that was born at an instant may believe to be, where it trusts the wall clock
    /// within a skew: a step counts once it has stood for a while, before that only by the skew.
    /// </summary>
    public TimeSpan MostAhead(long bornAt, long at, TimeSpan skew) => _wall.MostAhead(bornAt, at, skew) + new TimeSpan(
        // Carried by the monotonic clock for as long as a step may take to be believed, it drifts by that clock too.
        Math.Abs(Drifted(Carried, plan.MonotonicDrift) - Carried) + Math.Abs(Drifted(at + Carried, plan.WallDrift) - at - Carried));

    private static long Drifted(long ticks, int perMillion) => ticks + (long)((Int128)ticks * perMillion / 1_000_000);
}
