namespace ScheduledBots.Timing;

/// <summary>
/// Decides what time it is from two clocks that may both be wrong: a wall clock that can step, and a monotonic one that
/// cannot but knows no date. Pure arithmetic: readings come in as arguments.
/// </summary>
/// <remarks>
/// <para>
/// The clock is anchored: at some instant both clocks were read together. From there the monotonic clock carries the
/// time forward, and the wall clock is believed only within the allowed skew around it. So an operator who sets the
/// clock back an hour, or forward, moves no bot by more than the skew.
/// </para>
/// <para>
/// A wall clock that stays beyond the skew for <see cref="StandingTime"/> is believed: whoever set it meant it. Within
/// the skew the anchor follows every <see cref="StandingTime"/>, so that the slow corrections of a time service never
/// add up to a step.
/// </para>
/// <para>A store's own clock anchors the bounds instead (<see cref="AnchorToStore"/>): it was read somewhere between
/// sending and receiving, and the bounds widen by <see cref="MaxDriftPerMillion"/> from there.</para>
/// <para>Not thread-safe.</para>
/// </remarks>
internal sealed class TrustedClock
{
    /// <summary>How long a stepped wall clock must stand before it is believed.</summary>
    public static readonly TimeSpan StandingTime = TimeSpan.FromSeconds(30);

    /// <summary>How far a monotonic clock may drift, in parts per million.</summary>
    public const int MaxDriftPerMillion = 200;

    private readonly TimeSpan _maxSkew;
    private readonly long _frequency;
    private DateTimeOffset _anchor;
    private long _anchoredAt;
    private long? _steppedAt;
    private TimeSpan _steppedBy;
    private StoreAnchor? _store;

    /// <param name="maxSkew">How far the wall clock is believed around the carried time.</param>
    /// <param name="wallNow">The wall clock.</param>
    /// <param name="timestamp">The monotonic clock, read together with it.</param>
    /// <param name="frequency">Its ticks a second.</param>
    public TrustedClock(TimeSpan maxSkew, DateTimeOffset wallNow, long timestamp, long frequency)
    {
        _maxSkew = maxSkew;
        _frequency = frequency;
        _anchor = wallNow;
        _anchoredAt = timestamp;
    }

    /// <summary>Anchors the bounds to the store's clock.</summary>
    /// <param name="storeNow">What the store said.</param>
    /// <param name="sent">The monotonic clock before it was asked.</param>
    /// <param name="received">The monotonic clock after it answered.</param>
    public void AnchorToStore(DateTimeOffset storeNow, long sent, long received) => _store = new StoreAnchor(storeNow, sent, received);

    /// <summary>Takes in one reading of both clocks.</summary>
    public ClockReading Read(DateTimeOffset wallNow, long timestamp)
    {
        TimeSpan sinceAnchor = Elapsed(_anchoredAt, timestamp);
        DateTimeOffset carried = _anchor + sinceAnchor;
        TimeSpan deviation = wallNow - carried;
        TimeSpan? step = null;
        if (deviation.Duration() <= _maxSkew)
        {
            _steppedAt = null;
            if (sinceAnchor >= StandingTime)
            {
                Anchor(wallNow, timestamp);
            }

            return Bound(wallNow, timestamp, step);
        }

        if (_steppedAt is not { } steppedAt || (deviation - _steppedBy).Duration() > _maxSkew)
        {
            // A clock that is set again meanwhile has to stand anew.
            _steppedAt = timestamp;
            _steppedBy = deviation;
            step = deviation;
        }
        else if (Elapsed(steppedAt, timestamp) >= StandingTime)
        {
            _steppedAt = null;
            Anchor(wallNow, timestamp);
            return Bound(wallNow, timestamp, step);
        }

        return Bound(deviation > TimeSpan.Zero ? carried + _maxSkew : carried - _maxSkew, timestamp, step);
    }

    private void Anchor(DateTimeOffset now, long timestamp)
    {
        _anchor = now;
        _anchoredAt = timestamp;
    }

    private ClockReading Bound(DateTimeOffset now, long timestamp, TimeSpan? step)
    {
        if (_store is not { } store)
        {
            return new ClockReading(now, now, now, step);
        }

        // Between sent and received the store read its clock: the earlier, the more time has passed since.
        TimeSpan least = Elapsed(store.Received, timestamp);
        TimeSpan most = Elapsed(store.Sent, timestamp);
        return new ClockReading(now, store.Now + least - Drift(least), store.Now + most + Drift(most), step);
    }

    private static TimeSpan Drift(TimeSpan elapsed) => elapsed / 1_000_000 * MaxDriftPerMillion;

    private TimeSpan Elapsed(long from, long to) => new((long)((to - from) * ((double)TimeSpan.TicksPerSecond / _frequency)));

    private readonly record struct StoreAnchor(DateTimeOffset Now, long Sent, long Received);
}
