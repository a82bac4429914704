using ScheduledBots.Execution;

namespace ScheduledBots.Testing.Virtual;

/// <summary>Gives an engine its turns on the virtual thread, at the very instant of its deadline.</summary>
internal sealed class VirtualWaker : Waker
{
    /// <summary>The longest single wait, so that a step of the wall clock is noticed.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    private readonly VirtualThread _thread;
    private readonly EngineClock _clock;
    private readonly Action<Exception> _onFault;
    private readonly ITimer _timer;
    private Func<DateTimeOffset?>? _turn;
    private bool _wanted;
    private bool _disposed;

    public VirtualWaker(VirtualThread thread, VirtualTime time, EngineClock clock, Action<Exception> onFault)
    {
        _thread = thread;
        _clock = clock;
        _onFault = onFault;
        _timer = time.CreateTimer(_ => Signal(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override string Description => "virtual time";

    public override void Start(Func<DateTimeOffset?> turn)
    {
        _turn = turn;
        Signal();
    }

    public override void Signal()
    {
        if (!Interlocked.Exchange(ref _wanted, true))
        {
            _thread.Post(static waker => ((VirtualWaker)waker!).Turn(), this);
        }
    }

    public override ValueTask DisposeAsync()
    {
        _disposed = true;
        return _timer.DisposeAsync();
    }

    private void Turn()
    {
        Volatile.Write(ref _wanted, false);
        if (_disposed || _turn is null)
        {
            return;
        }

        DateTimeOffset? deadline;
        try
        {
            deadline = _turn();
        }
        catch (Exception error)
        {
            _onFault(error);
            deadline = _clock.Now + FaultPause;
        }

        if (deadline is { } at)
        {
            TimeSpan left = at - _clock.Now;
            _timer.Change(left <= TimeSpan.Zero ? TimeSpan.Zero : left < MaxWait ? left : MaxWait, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
