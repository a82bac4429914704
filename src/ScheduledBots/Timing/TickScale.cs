namespace ScheduledBots.Timing;

/// <summary>
/// The one unit of time of wheel and stores: a tick is a microsecond since the Unix epoch. Deadlines are rounded up and
/// readings of the clock down, so that nothing is ever early.
/// </summary>
internal static class TickScale
{
    private const long EpochMicroseconds = 62_135_596_800L * 1_000_000;

    /// <summary>The first tick that is not before an instant.</summary>
    public static long Ceiling(DateTimeOffset instant)
    {
        (long quotient, long remainder) = Math.DivRem(instant.UtcTicks, TimeSpan.TicksPerMicrosecond);
        return quotient + (remainder > 0 ? 1 : 0) - EpochMicroseconds;
    }

    /// <summary>The last tick that is not after an instant.</summary>
    public static long Floor(DateTimeOffset instant) => (instant.UtcTicks / TimeSpan.TicksPerMicrosecond) - EpochMicroseconds;

    /// <summary>The instant of a tick, in UTC; the end of time where a tick lies beyond it.</summary>
    public static DateTimeOffset ToInstant(long tick) =>
        tick > Floor(DateTimeOffset.MaxValue)
            ? DateTimeOffset.MaxValue
            : new DateTimeOffset((tick + EpochMicroseconds) * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    /// <summary>The instant in UTC, rounded up to the microsecond.</summary>
    public static DateTimeOffset RoundUp(DateTimeOffset instant) => ToInstant(Ceiling(instant));

    /// <summary>The instant in UTC, rounded down to the microsecond.</summary>
    public static DateTimeOffset RoundDown(DateTimeOffset instant) => ToInstant(Floor(instant));
}
