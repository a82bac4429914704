namespace ScheduledBots.Execution;

/// <summary>Wakes on a thread of its own: sleeps until shortly before the deadline and closes the gap precisely.</summary>
/// <remarks>
/// The runtime's timers follow a coarse clock and come milliseconds late, or early. So the thread waits, open to
/// signals, until <see cref="Approach"/> before the deadline, in whole milliseconds; sleeps the rest but the spin with
/// the platform's precise sleep; and spins the last stretch, reading the clock. A spin that overshoots was preempted,
/// and spinning only makes that worse: after one, the next few wakes do without.
/// </remarks>
internal sealed class PreciseWaker : Waker
{
    /// <summary>Where the interruptible wait ends and the precise one begins.</summary>
    public static readonly TimeSpan Approach = TimeSpan.FromMilliseconds(2);

    /// <summary>The longest single wait: the wall clock may be slewed meanwhile.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    /// <summary>How many wakes do without a spin after one was preempted.</summary>
    public const int CalmWakes = 16;

    private static readonly TimeSpan Preempted = TimeSpan.FromMilliseconds(1);

    private readonly EngineClock _clock;
    private readonly TimeSpan _maxSpin;
    private readonly Action<Exception> _onFault;
    private readonly ManualResetEventSlim _signalled = new(false, 0);
    private readonly ManualResetEventSlim _ending = new(false, 0);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calmWakes;
    private bool _started;
    private volatile bool _disposed;

    public PreciseWaker(EngineClock clock, TimeSpan maxSpin, Action<Exception> onFault)
    {
        _clock = clock;
        _maxSpin = maxSpin;
        _onFault = onFault;
    }

    /// <inheritdoc/>
    public override string Description => _maxSpin > TimeSpan.Zero ? $"a precise thread ({PreciseSleep.Description}, spinning)" : $"a precise thread ({PreciseSleep.Description})";

    /// <inheritdoc/>
    public override void Start(Func<DateTimeOffset?> turn)
    {
        _started = true;
        var thread = new Thread(() => Run(turn)) { IsBackground = true, Name = "ScheduledBots loop", Priority = ThreadPriority.AboveNormal };
        thread.UnsafeStart();
    }

    /// <inheritdoc/>
    public override void Signal() => _signalled.Set();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _disposed = true;
        _ending.Set();
        Signal();
        if (_started)
        {
            await _ended.Task.ConfigureAwait(false);
        }
    }

    private void Run(Func<DateTimeOffset?> turn)
    {
        PreciseSleep.Prepare();
        while (!_disposed)
        {
            // Cleared before the turn, with a full fence: a signal that comes during it brings another one.
            _signalled.Reset();
            try
            {
                WaitUntil(turn());
            }
            catch (Exception error)
            {
                // Not open to signals: a turn that signals itself and throws would leave no pause.
                _onFault(error);
                _ending.Wait(FaultPause);
            }
        }

        _ended.SetResult();
    }

    /// <summary>Returns when the clock has reached the deadline, a signal came, or the clock went back, which moves every deadline.</summary>
    private void WaitUntil(DateTimeOffset? deadline)
    {
        DateTimeOffset latest = DateTimeOffset.MinValue;
        while (true)
        {
            DateTimeOffset now = _clock.Now;
            TimeSpan left = deadline is { } at ? at - now : TimeSpan.MaxValue;
            if (left <= TimeSpan.Zero || latest - now > Approach)
            {
                return;
            }

            latest = now > latest ? now : latest;
            if (left <= Approach)
            {
                CloseGap(deadline!.Value, left);
                continue;
            }

            TimeSpan wait = left == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : Shorter(left - Approach, MaxWait);
            if (_signalled.Wait(wait == Timeout.InfiniteTimeSpan ? wait : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds / 2))))
            {
                return;
            }
        }
    }

    /// <summary>Returns when the clock has reached the deadline, or went back so far that the wait has to be open to signals again.</summary>
    private void CloseGap(DateTimeOffset deadline, TimeSpan left)
    {
        TimeSpan spin = _calmWakes > 0 ? TimeSpan.Zero : _maxSpin;
        _calmWakes = Math.Max(0, _calmWakes - 1);
        if (left > spin)
        {
            PreciseSleep.Sleep(left - spin);
        }

        DateTimeOffset now = _clock.Now;
        while (now < deadline && deadline - now <= Approach)
        {
            if (spin > TimeSpan.Zero)
            {
                Thread.SpinWait(8);
            }
            else
            {
                PreciseSleep.Sleep(deadline - now);
            }

            now = _clock.Now;
        }

        if (spin > TimeSpan.Zero && now - deadline > Preempted)
        {
            _calmWakes = CalmWakes;
        }
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
