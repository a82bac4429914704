namespace ScheduledBots.Lifecycle;

/// <summary>An instant in UTC in eight bytes, where a nullable <see cref="DateTimeOffset"/> takes 24. The default is none.</summary>
/// <remarks>Immutable and thread-safe; equal by value. The first tick of the year 1, which no bot can have, stands for none.</remarks>
internal readonly record struct PackedInstant
{
    private readonly long _ticks;

    private PackedInstant(long ticks) => _ticks = ticks;

    /// <summary>The instant; the first of all where there is none.</summary>
    public DateTimeOffset Value => new(_ticks, TimeSpan.Zero);

    /// <summary>The instant, or null.</summary>
    public DateTimeOffset? OrNull => _ticks == 0 ? null : Value;

    /// <summary>Packs an instant; its offset is forgotten.</summary>
    public static implicit operator PackedInstant(DateTimeOffset instant) => new(instant.UtcTicks);

    /// <inheritdoc cref="op_Implicit(DateTimeOffset)"/>
    public static implicit operator PackedInstant(DateTimeOffset? instant) => new(instant?.UtcTicks ?? 0);
}
