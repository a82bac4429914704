using ScheduledBots.Execution;

namespace ScheduledBots.Simulation.World;

/// <summary>Gives an engine its turns as the precise waker does: waits by the monotonic clock, reads the join clock again, and never stays asleep for longer than a second.</summary>
internal sealed class SimulatedWaker(Process process, EngineClock clock, TimeProvider time, Action<Exception> onFault, bool isLoop) : Waker
{
    private static readonly TimeSpan Approach = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private ITimer? _timer;
    private Func<DateTimeOffset?>? _turn;
    private DateTimeOffset? _deadline;
    private DateTimeOffset _latest;
    private bool _wanted;
    private bool _disposed;

    public override string Description => "simulated";

    public override void Start(Func<DateTimeOffset?> turn)
    {
        _turn = turn;
        _timer = time.CreateTimer(_ => WaitOn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Signal();
    }

    public override void Signal()
    {
        if (!_wanted && !_disposed && _turn is not null)
        {
            _wanted = true;
            process.Post(static waker => ((SimulatedWaker)waker!).Turn(), this);
        }
    }

    public override ValueTask DisposeAsync()
    {
        _disposed = true;
        _timer?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Turn()
    {
        if (_disposed)
        {
            return;
        }

        if (isLoop && process.Machine.StalledUntil > process.Now)
        {
            process.PostAt(process.Machine.StalledUntil, static waker => ((SimulatedWaker)waker!).Turn(), this);
            return;
        }

        _wanted = false;
        try
        {
            _deadline = _turn!();
        }
        catch (Exception error)
        {
            onFault(error);
            _deadline = clock.Now + FaultPause;
        }

        _latest = DateTimeOffset.MinValue;
        WaitOn();
    }

    private void WaitOn()
    {
        DateTimeOffset now = clock.Now;
        TimeSpan left = _deadline is { } at ? at - now : TimeSpan.MaxValue;
        if (left <= TimeSpan.Zero || _latest - now > Approach)
        {
            Signal();
            return;
        }

        _latest = now > _latest ? now : _latest;
        if (_deadline is null)
        {
            return;
        }

        TimeSpan wait = left <= Approach ? left : left - Approach;
        _timer!.Change(wait < MaxWait ? wait : MaxWait, Timeout.InfiniteTimeSpan);
    }
}
