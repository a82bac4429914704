using ScheduledBots.Timing;

namespace ScheduledBots.Execution;

/// <summary>The clock of a scheduler: the host's <see cref="TimeProvider"/> behind the trusted clock's arithmetic.</summary>
/// <remarks>Thread-safe; a reading takes a short lock.</remarks>
internal sealed class EngineClock
{
    private readonly TimeProvider _timeProvider;
    private readonly TrustedClock _clock;
    private readonly Lock _lock = new();

    public EngineClock(TimeProvider timeProvider, TimeSpan maxSkew)
    {
        _timeProvider = timeProvider;
        _clock = new TrustedClock(maxSkew, timeProvider.GetUtcNow(), timeProvider.GetTimestamp(), timeProvider.TimestampFrequency);
    }

    /// <summary>The join clock.</summary>
    public DateTimeOffset Now => Read().Now;

    /// <summary>How many steps of the wall clock were seen.</summary>
    public int StepCount { get; private set; }

    /// <summary>Reads both clocks.</summary>
    public ClockReading Read()
    {
        lock (_lock)
        {
            ClockReading reading = _clock.Read(_timeProvider.GetUtcNow(), _timeProvider.GetTimestamp());
            StepCount += reading.Step is null ? 0 : 1;
            return reading;
        }
    }
}
