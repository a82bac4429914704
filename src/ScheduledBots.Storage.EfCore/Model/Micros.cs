namespace ScheduledBots.Storage.EfCore.Model;

/// <summary>
/// Instants as columns keep them: whole microseconds of Unix time. SQLite can neither order nor compare a
/// <see cref="DateTimeOffset"/>, and a number is the same everywhere.
/// </summary>
internal static class Micros
{
    private const long Epoch = 62_135_596_800_000_000;
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    /// <summary>The last whole microsecond that is not after the instant; for "not after".</summary>
    public static long Floor(DateTimeOffset instant) => (instant.UtcTicks / TicksPerMicrosecond) - Epoch;

    /// <summary>The first whole microsecond that is not before the instant; for "before" and "from": a column below it lies below the instant.</summary>
    public static long Ceiling(DateTimeOffset instant) => ((instant.UtcTicks + TicksPerMicrosecond - 1) / TicksPerMicrosecond) - Epoch;

    public static long? Floor(DateTimeOffset? instant) => instant is { } known ? Floor(known) : null;

    public static DateTimeOffset Instant(long micros) => new((micros + Epoch) * TicksPerMicrosecond, TimeSpan.Zero);

    public static DateTimeOffset? Instant(long? micros) => micros is { } known ? Instant(known) : null;
}
