namespace ScheduledBots.Execution;

/// <summary>Whether something that has work to do gets on with it: each answer, also a failed one, is progress.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Progress(TimeProvider timeProvider, TimeSpan patience)
{
    private readonly Lock _lock = new();
    private long _lastAt;
    private int _count;

    /// <summary>Whether there is work and nothing has moved for longer than the patience.</summary>
    public bool IsStuck
    {
        get
        {
            lock (_lock)
            {
                return _count > 0 && timeProvider.GetElapsedTime(_lastAt) > patience;
            }
        }
    }

    /// <summary>There is one more piece of work.</summary>
    public void Began()
    {
        lock (_lock)
        {
            _lastAt = _count++ == 0 ? timeProvider.GetTimestamp() : _lastAt;
        }
    }

    /// <summary>Something was answered, though maybe not done.</summary>
    public void Moved()
    {
        lock (_lock)
        {
            _lastAt = timeProvider.GetTimestamp();
        }
    }

    /// <summary>One piece of work is done.</summary>
    public void Ended()
    {
        lock (_lock)
        {
            _lastAt = timeProvider.GetTimestamp();
            _count--;
        }
    }
}
