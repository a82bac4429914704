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

    /// <summary>How far the wall clock stood from the carried time at the last step.</summary>
    public TimeSpan LastStep { get; private set; }

    /// <summary>Whether the wall clock was beyond the skew at the last reading, so that it was not believed.</summary>
    public bool IsClamped { get; private set; }

    /// <summary>Reads both clocks.</summary>
    public ClockReading Read()
    {
        lock (_lock)
        {
            DateTimeOffset wallNow = _timeProvider.GetUtcNow();
            ClockReading reading = _clock.Read(wallNow, _timeProvider.GetTimestamp());
            IsClamped = reading.Now != wallNow;
            if (reading.Step is { } step)
            {
                StepCount++;
                LastStep = step;
            }

            return reading;
        }
    }
}
