namespace ScheduledBots.Timing;

/// <summary>One slot of a wheel: a ring of entries, and the range of their due ticks.</summary>
internal struct WheelSlot
{
    /// <summary>The first entry, or -1.</summary>
    public int Head;

    /// <summary>No entry is due earlier. Exact unless <see cref="IsLoose"/>.</summary>
    public long Min;

    /// <summary>No entry is due later.</summary>
    public long Max;

    /// <summary>Whether a cancel may have left <see cref="Min"/> earlier than the earliest entry.</summary>
    public bool IsLoose;
}
