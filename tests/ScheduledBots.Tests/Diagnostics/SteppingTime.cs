namespace ScheduledBots.Tests.Diagnostics;

/// <summary>A time whose wall clock can be set while its monotonic clock and its timers go on.</summary>
internal sealed class SteppingTime(TimeProvider inner) : TimeProvider
{
    /// <summary>How far the wall clock was set.</summary>
    public TimeSpan Step { get; set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Step;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
