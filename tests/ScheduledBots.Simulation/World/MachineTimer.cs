namespace ScheduledBots.Simulation.World;

/// <summary>A timer of one process. Its callback finds no context, like one on a thread of the pool.</summary>
internal sealed class MachineTimer(Timeline timeline, Process process, TimerCallback callback, object? state) : ITimer
{
    private Occurrence? _next;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private long _dueAt;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Stop();
        _period = period;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _dueAt = process.Machine.Timestamp + dueTime.Ticks;
            Await(dueTime);
        }

        return true;
    }

    public void Dispose() => Stop();

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    private void Await(TimeSpan left) =>
        _next = timeline.Add(process.Machine.ToTrue(left), process, null, static timer => ((MachineTimer)timer!).Fire(), this);

    private void Fire()
    {
        _next = null;
        if (_dueAt - process.Machine.Timestamp is > 0 and var left)
        {
            Await(new TimeSpan(left)); // the machine slept, and its clock with it
            return;
        }

        if (_period != Timeout.InfiniteTimeSpan && _period > TimeSpan.Zero)
        {
            Change(_period, _period);
        }

        callback(state);
    }

    private void Stop()
    {
        if (_next is { } next)
        {
            next.IsCancelled = true;
            _next = null;
        }
    }
}
