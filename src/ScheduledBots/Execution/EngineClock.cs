using ScheduledBots.Timing;

namespace ScheduledBots.Execution;

/// <summary>The clock of a scheduler: the host's <see cref="TimeProvider"/> behind the trusted clock's arithmetic.</summary>
/// <remarks>
/// Thread-safe; a reading takes a short lock. The two clocks cannot be read at once, and a thread that is preempted
/// between the reads would see a step that never was: so the wall clock is read between two reads of the monotonic one,
/// and of a few tries the closest pair counts.
/// </remarks>
internal sealed class EngineClock
{
    /// <summary>How many times the clocks are read for one reading, at most.</summary>
    public const int MaxTries = 4;

    /// <summary>A pair this close is good enough.</summary>
    public static readonly TimeSpan ClosePair = TimeSpan.FromMicroseconds(20);

    private readonly TimeProvider _timeProvider;
    private readonly TrustedClock _clock;
    private readonly long _closePair;
    private readonly TimeSpan _maxSkew;
    private readonly Lock _lock = new();

    public EngineClock(TimeProvider timeProvider, TimeSpan maxSkew)
    {
        _timeProvider = timeProvider;
        _maxSkew = maxSkew;
        _closePair = (long)(ClosePair.TotalSeconds * timeProvider.TimestampFrequency);
        (DateTimeOffset wallNow, long timestamp) = ReadPair();
        _clock = new TrustedClock(maxSkew, wallNow, timestamp, timeProvider.TimestampFrequency);
    }

    /// <summary>Raised by the reading that sees the wall clock leap: until the store is asked again, nothing is sure enough to start a bot by.</summary>
    public event Action? Leapt;

    /// <summary>The join clock.</summary>
    public DateTimeOffset Now => Read().Now;

    /// <summary>How many steps of the wall clock were seen.</summary>
    public int StepCount { get; private set; }

    /// <summary>How far the wall clock stood from the carried time at the last step.</summary>
    public TimeSpan LastStep { get; private set; }

    /// <summary>Whether the wall clock was beyond the skew at the last reading, so that it was not believed.</summary>
    public bool IsClamped { get; private set; }

    /// <summary>Both clocks as they are; what a question to the store is sent with.</summary>
    public ClockMark Mark()
    {
        lock (_lock)
        {
            (DateTimeOffset wallNow, long timestamp) = ReadPair();
            return new ClockMark(wallNow, timestamp);
        }
    }

    /// <summary>Takes in what the store's clock said; from here on it is what the wall clock is clamped to.</summary>
    /// <returns>
    /// Whether it was believed. Where the two clocks part between the question and its answer, the machine may have slept
    /// meanwhile: the answer may be old, and says nothing.
    /// </returns>
    public bool AnchorToStore(DateTimeOffset storeNow, ClockMark sent)
    {
        lock (_lock)
        {
            (DateTimeOffset wallNow, long received) = ReadPair();
            TimeSpan parted = wallNow - sent.Wall - _timeProvider.GetElapsedTime(sent.Timestamp, received);
            if (parted.Duration() > _maxSkew)
            {
                return false;
            }

            _clock.AnchorToStore(storeNow, sent.Timestamp, received);
            Read(wallNow, received); // where they stand now is where they part from
            return true;
        }
    }

    /// <summary>Reads both clocks.</summary>
    public ClockReading Read()
    {
        bool leaps;
        ClockReading reading;
        lock (_lock)
        {
            (DateTimeOffset wallNow, long timestamp) = ReadPair();
            bool hadLeapt = _clock.HasLeapt;
            reading = Read(wallNow, timestamp);
            leaps = !hadLeapt && _clock.HasLeapt;
        }

        if (leaps)
        {
            Leapt?.Invoke();
        }

        return reading;
    }

    private ClockReading Read(DateTimeOffset wallNow, long timestamp)
    {
        ClockReading reading = _clock.Read(wallNow, timestamp);
        IsClamped = reading.Now != wallNow;
        if (reading.Step is { } step)
        {
            StepCount++;
            LastStep = step;
        }

        return reading;
    }

    private (DateTimeOffset WallNow, long Timestamp) ReadPair()
    {
        (DateTimeOffset WallNow, long Timestamp) closest = default;
        long closestGap = long.MaxValue;
        long before = _timeProvider.GetTimestamp();
        for (int i = 0; i < MaxTries && closestGap > _closePair; i++)
        {
            DateTimeOffset wallNow = _timeProvider.GetUtcNow();
            long after = _timeProvider.GetTimestamp();
            if (after - before < closestGap)
            {
                closest = (wallNow, after);
                closestGap = after - before;
            }

            before = after;
        }

        return closest;
    }
}
