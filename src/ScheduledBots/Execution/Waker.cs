namespace ScheduledBots.Execution;

/// <summary>
/// Gives the scheduler loop its turns: one when the deadline that the last turn returned is reached, and one soon after
/// each signal. Never two at once, and never one for a deadline that the clock has not reached.
/// </summary>
/// <remarks><see cref="Signal"/> is thread-safe; signals that come together share a turn, and none is lost.</remarks>
internal abstract class Waker : IAsyncDisposable
{
    /// <summary>How long the loop pauses after a turn that threw.</summary>
    public static readonly TimeSpan FaultPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Which precision is in force, in words.</summary>
    public abstract string Description { get; }

    /// <summary>Chooses the precise waker for the system's time and timers for any other.</summary>
    public static Waker Create(TimeProvider timeProvider, EngineClock clock, TimeSpan maxSpin, Action<Exception> onFault) =>
        timeProvider == TimeProvider.System ? new PreciseWaker(clock, maxSpin, onFault) : new TimerWaker(timeProvider, clock, onFault);

    /// <summary>Begins to give turns; the first comes at once.</summary>
    /// <param name="turn">Returns the next deadline, or null while only signals bring work.</param>
    public abstract void Start(Func<DateTimeOffset?> turn);

    /// <summary>Asks for a turn.</summary>
    public abstract void Signal();

    /// <summary>Gives no more turns; ends when none runs.</summary>
    public abstract ValueTask DisposeAsync();
}
