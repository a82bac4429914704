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
/// <para>
/// A store's own clock, once there is one, is the time that is carried: the wall clock is believed within the skew around
/// its bounds, and never beyond. A wall clock that leaps ahead of the monotonic one between two anchors may mean that the machine
/// slept while the store's clock went on: the upper bound follows it until the next anchor. One that leaps back may have been set
/// back as the machine awoke, and tells nothing of how long it slept: there is no upper bound until the next anchor.
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
    private TimeSpan? _deviationAtAnchor;
    private TimeSpan? _leap;

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
    public void AnchorToStore(DateTimeOffset storeNow, long sent, long received)
    {
        // The store read its clock somewhere between sending and receiving: the earlier, the more time has passed since.
        TimeSpan most = Elapsed(sent, received);
        var anchor = new StoreAnchor(storeNow, storeNow + most + Drift(most), received);
        if (_store is { } old && _leap is null)
        {
            // Each answer bounds the same clock, so a slow one loosens nothing. Answers that exclude each other mean that
            // the store's clock was set, and the last one counts.
            TimeSpan since = Elapsed(old.At, received);
            DateTimeOffset lower = Later(anchor.Lower, old.LowerAfter(since));
            DateTimeOffset upper = Earlier(anchor.Upper, old.UpperAfter(since));
            anchor = lower <= upper ? new StoreAnchor(lower, upper, received) : anchor;
        }

        _store = anchor;
        _leap = null;
        _deviationAtAnchor = null;
    }

    /// <summary>Whether the wall clock leapt since the store last said what time it is.</summary>
    public bool HasLeapt => _leap is not null;

    /// <summary>Takes in one reading of both clocks.</summary>
    public ClockReading Read(DateTimeOffset wallNow, long timestamp)
    {
        if (_store is { } store)
        {
            return ReadBy(store, wallNow, timestamp);
        }

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

            return Bound(wallNow, step);
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
            return Bound(wallNow, step);
        }

        return Bound(deviation > TimeSpan.Zero ? carried + _maxSkew : carried - _maxSkew, step);
    }

    private void Anchor(DateTimeOffset now, long timestamp)
    {
        _anchor = now;
        _anchoredAt = timestamp;
    }

    private static ClockReading Bound(DateTimeOffset now, TimeSpan? step) => new(now, now, now, step);

    private ClockReading ReadBy(StoreAnchor store, DateTimeOffset wallNow, long timestamp)
    {
        TimeSpan since = Elapsed(store.At, timestamp);
        DateTimeOffset lower = store.LowerAfter(since);
        DateTimeOffset upper = store.UpperAfter(since);
        TimeSpan leap = wallNow - lower - (_deviationAtAnchor ??= wallNow - lower);
        _leap = _leap is { } last ? (leap > last ? leap : last) : leap.Duration() > _maxSkew ? leap : null;
        DateTimeOffset latest = _leap is not { } most ? upper : leap > _maxSkew ? upper + most : DateTimeOffset.MaxValue;
        if (wallNow >= lower - _maxSkew && wallNow <= upper + _maxSkew)
        {
            _steppedAt = null;
            return new ClockReading(wallNow, lower, latest, null);
        }

        TimeSpan? step = _steppedAt is null ? wallNow - lower : null;
        _steppedAt = timestamp;
        return new ClockReading(wallNow < lower ? lower - _maxSkew : upper + _maxSkew, lower, latest, step);
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    private static TimeSpan Drift(TimeSpan elapsed) => elapsed / 1_000_000 * MaxDriftPerMillion;

    private TimeSpan Elapsed(long from, long to) => new((long)((to - from) * ((double)TimeSpan.TicksPerSecond / _frequency)));

    /// <summary>The store's clock was within the bounds when the monotonic clock showed an instant.</summary>
    private readonly record struct StoreAnchor(DateTimeOffset Lower, DateTimeOffset Upper, long At)
    {
        public DateTimeOffset LowerAfter(TimeSpan passed) => Lower + passed - Drift(passed);

        public DateTimeOffset UpperAfter(TimeSpan passed) => Upper + passed + Drift(passed);
    }
}
