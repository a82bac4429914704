namespace ScheduledBots.Timing;

/// <summary>One slot of a wheel: a chain of blocks of entries, and the range of their due ticks.</summary>
internal struct WheelSlot
{
    /// <summary>No entry is due earlier. Exact unless <see cref="IsLoose"/>.</summary>
    public long Min;

    /// <summary>No entry is due later.</summary>
    public long Max;

    /// <summary>The first block, and the position filled last; meaningless while nothing is filled.</summary>
    public int FirstBlock;
    public int Last;

    /// <summary>How many positions are filled, those of cancelled entries included.</summary>
    public int Filled;

    /// <summary>How many entries wait.</summary>
    public int Count;

    /// <summary>Whether a cancel may have left <see cref="Min"/> earlier than the earliest entry.</summary>
    public bool IsLoose;
}
