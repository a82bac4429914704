namespace ScheduledBots.Testing.Virtual;

/// <summary>A timer of <see cref="VirtualTime"/>.</summary>
internal sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;

    /// <summary>The number under which it is set; 0 while it is not.</summary>
    public long Number { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        Number = dueTime == Timeout.InfiniteTimeSpan ? 0 : time.Schedule(this, dueTime);
        return true;
    }

    public void Fire()
    {
        Number = 0;
        if (_period > TimeSpan.Zero)
        {
            Number = time.Schedule(this, _period);
        }

        callback(state);
    }

    public void Dispose() => Number = 0;

    public ValueTask DisposeAsync()
    {
        Number = 0;
        return ValueTask.CompletedTask;
    }
}
