namespace ScheduledBots.Execution;

/// <summary>
/// How long staging takes, from what was really measured: the 95th percentile of the last <see cref="WindowLength"/>
/// successful allocations, once there are <see cref="EnoughCount"/> of them; until then what the options expect.
/// </summary>
/// <remarks>
/// Thread-safe and bounded. A percentile and not the mean, because the question is whether a bot will be on time, not how
/// long an average one takes. Sorted only when it is asked for after something new was measured.
/// </remarks>
internal sealed class StagingEstimate(TimeSpan expected)
{
    /// <summary>How many of the last measurements count.</summary>
    public const int WindowLength = 256;

    /// <summary>How many measurements are enough to be believed.</summary>
    public const int EnoughCount = 20;

    private const double Percentile = 0.95;

    private readonly Lock _lock = new();
    private readonly TimeSpan[] _window = new TimeSpan[WindowLength];
    private long _count;
    private TimeSpan? _estimate = expected;

    /// <summary>How long staging is expected to take.</summary>
    public TimeSpan Expected
    {
        get
        {
            lock (_lock)
            {
                return _estimate ??= Estimate();
            }
        }
    }

    /// <summary>Takes in one staging that succeeded.</summary>
    /// <param name="duration">From the order to stage to the recorded stage, measured on the monotonic clock.</param>
    public void Measured(TimeSpan duration)
    {
        lock (_lock)
        {
            _window[_count % WindowLength] = duration;
            _count++;
            if (_count >= EnoughCount)
            {
                _estimate = null;
            }
        }
    }

    private TimeSpan Estimate()
    {
        Span<TimeSpan> sorted = stackalloc TimeSpan[(int)Math.Min(_count, WindowLength)];
        _window.AsSpan(0, sorted.Length).CopyTo(sorted);
        sorted.Sort();
        return sorted[(int)Math.Ceiling(sorted.Length * Percentile) - 1];
    }
}
