using ScheduledBots.Testing.Virtual;

namespace ScheduledBots.Testing;

/// <summary>
/// Time that passes only when a <see cref="TestSchedulerHost"/> runs, from one timer to the next: a timer's callback finds
/// exactly the instant it was set for, which a clock that is advanced in steps of the test's choosing cannot promise.
/// Hand it to whatever of the host's own code waits.
/// </summary>
/// <remarks>Thread-safe. Callbacks run on the thread that runs the host, without a synchronization context.</remarks>
public sealed class VirtualTime : TimeProvider
{
    private readonly DateTimeOffset _start;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<(VirtualTimer Timer, long Number), (long DueTick, long Number)> _timers = new();
    private long _nowTick;
    private long _number;
    private TimeSpan _wallOffset;

    internal VirtualTime(DateTimeOffset start) => _start = start.ToUniversalTime();

    /// <summary>Ticks of 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>UTC, so that no test depends on where it runs.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>The true instant, whatever the wall clock shows.</summary>
    internal DateTimeOffset TrueNow
    {
        get
        {
            lock (_lock)
            {
                return _start.AddTicks(_nowTick);
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _start.AddTicks(_nowTick) + _wallOffset;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _nowTick;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Steps the wall clock, as an operator or a faulty time server would. The monotonic clock and the timers do not notice.</summary>
    /// <param name="by">How far; negative is back.</param>
    public void StepWallClock(TimeSpan by)
    {
        lock (_lock)
        {
            _wallOffset += by;
        }
    }

    /// <summary>Sets a timer; what it was set to before is void, because its number no longer is the timer's.</summary>
    internal long Schedule(VirtualTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            long number = ++_number;
            _timers.Enqueue((timer, number), (_nowTick + dueTime.Ticks, number));
            return number;
        }
    }

    /// <summary>Moves to the earliest timer that is due by an instant.</summary>
    /// <returns>The timer, not called yet; null when none is due by then.</returns>
    internal VirtualTimer? MoveToNext(DateTimeOffset until)
    {
        lock (_lock)
        {
            while (_timers.TryPeek(out (VirtualTimer Timer, long Number) next, out (long DueTick, long Number) due))
            {
                if (next.Timer.Number != next.Number)
                {
                    _timers.Dequeue(); // set anew or stopped meanwhile
                    continue;
                }

                if (_start.AddTicks(due.DueTick) > until)
                {
                    return null;
                }

                _timers.Dequeue();
                _nowTick = Math.Max(_nowTick, due.DueTick);
                return next.Timer;
            }

            return null;
        }
    }

    /// <summary>Lets time pass without a timer.</summary>
    internal void MoveTo(DateTimeOffset instant)
    {
        lock (_lock)
        {
            _nowTick = Math.Max(_nowTick, (instant - _start).Ticks);
        }
    }
}
