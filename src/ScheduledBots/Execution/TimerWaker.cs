namespace ScheduledBots.Execution;

/// <summary>Wakes by the timers of a <see cref="TimeProvider"/>: a fake clock in tests, or a host's own.</summary>
/// <remarks>A turn runs on whatever thread brings it: the timer's callback or the signaller's. With a fake clock that makes it deterministic.</remarks>
internal sealed class TimerWaker : Waker
{
    /// <summary>The longest single wait.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromHours(1);

    private readonly EngineClock _clock;
    private readonly Action<Exception> _onFault;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<DateTimeOffset?>? _turn;
    private DateTimeOffset? _deadline;
    private bool _running;
    private bool _wanted;
    private bool _pausing;
    private bool _disposed;

    public TimerWaker(TimeProvider timeProvider, EngineClock clock, Action<Exception> onFault)
    {
        _clock = clock;
        _onFault = onFault;
        _timer = timeProvider.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public override string Description => "timers";

    /// <inheritdoc/>
    public override void Start(Func<DateTimeOffset?> turn)
    {
        _turn = turn;
        Signal();
    }

    /// <inheritdoc/>
    public override void Signal()
    {
        lock (_lock)
        {
            _wanted = true;
            if (_running || _disposed || _turn is null)
            {
                return;
            }

            _running = true;
        }

        RunTurns(_turn);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _disposed = true;
            if (!_running)
            {
                _idle.TrySetResult();
            }
        }

        await _idle.Task.ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            // A timer may come early: it is set again for the rest, unless a turn has set it meanwhile.
            if (_deadline is { } at && TrySetTimer(at))
            {
                return;
            }

            _pausing = false;
        }

        Signal();
    }

    private void RunTurns(Func<DateTimeOffset?> turn)
    {
        while (true)
        {
            lock (_lock)
            {
                if (!_wanted || _pausing || _disposed)
                {
                    _running = false;
                    if (_disposed)
                    {
                        _idle.TrySetResult();
                    }

                    return;
                }

                _wanted = false;
            }

            DateTimeOffset? deadline;
            bool failed = false;
            try
            {
                deadline = turn();
            }
            catch (Exception error)
            {
                _onFault(error);
                deadline = _clock.Now + FaultPause;
                failed = true;
            }

            lock (_lock)
            {
                _deadline = deadline;
                bool isSet = deadline is { } at && TrySetTimer(at);
                _wanted |= deadline is not null && !isSet;

                // Closed to signals: a turn that signals itself and throws would leave no pause.
                _pausing = failed && isSet;
            }
        }
    }

    /// <summary>Under the lock, so that the timer always follows the deadline that was set last. The clock is read once.</summary>
    /// <returns>False where the deadline is reached: a turn is due instead.</returns>
    private bool TrySetTimer(DateTimeOffset at)
    {
        TimeSpan left = at - _clock.Now;
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        // Whole milliseconds, rounded up; a long wait is cut, so that a step of the wall clock is noticed.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(left.TotalMilliseconds, MaxWait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
        return true;
    }
}
