namespace ScheduledBots.Simulation.World;

/// <summary>What a process on a machine sees of time: a wall clock that drifts and steps, a monotonic one that drifts, timers that follow the latter.</summary>
internal sealed class MachineTime(Timeline timeline, Process process) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => process.Machine.Wall;

    public override long GetTimestamp() => process.Machine.Timestamp;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MachineTimer(timeline, process, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
