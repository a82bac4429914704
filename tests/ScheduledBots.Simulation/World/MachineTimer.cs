namespace ScheduledBots.Simulation.World;

/// <summary>A timer of one process. Its callback finds no context, like one on a thread of the pool.</summary>
internal sealed class MachineTimer(Timeline timeline, Process process, TimerCallback callback, object? state) : ITimer
{
    private Occurrence? _next;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Stop();
        _period = period;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _next = timeline.Add(process.Machine.ToTrue(dueTime), process, null, static timer => ((MachineTimer)timer!).Fire(), this);
        }

        return true;
    }

    public void Dispose() => Stop();

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    private void Fire()
    {
        _next = null;
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
