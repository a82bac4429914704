namespace ScheduledBots.Chaos.Node;

/// <summary>The machine's clocks, with a wall clock that is set on command. The monotonic one and the timers are the system's.</summary>
/// <remarks>
/// Thread-safe. Setting the machine's clock takes rights that a test should not have. The library takes every wall clock
/// reading from its <see cref="TimeProvider"/>, so a step of this one is a step of the clock as far as it can see.
/// </remarks>
internal sealed class SteppedTime : TimeProvider
{
    private long _offsetTicks;

    public void Step(TimeSpan step) => Interlocked.Add(ref _offsetTicks, step.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _offsetTicks));
}
