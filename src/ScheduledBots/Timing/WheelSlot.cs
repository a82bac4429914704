namespace ScheduledBots.Timing;

/// <summary>One slot of a wheel: a chain of blocks of entries and the range of their due ticks. Empty while it is open.</summary>
internal struct WheelSlot
{
    /// <summary>No entry is due earlier. Exact unless <see cref="IsLoose"/>.</summary>
    public long Min;

    /// <summary>No entry is due later.</summary>
    public long Max;

    /// <summary>The first block, and the position filled last; meaningless while nothing is filled.</summary>
    public int FirstBlock;
    public int Last;

    /// <summary>How many mentions there are, those of cancelled entries included.</summary>
    public int Filled;

    /// <summary>How many entries wait.</summary>
    public int Count;

    /// <summary>Whether a cancel may have left <see cref="Min"/> earlier than the earliest entry.</summary>
    public bool IsLoose;

    /// <summary>Whether all entries are due at one tick. False may be out of date after cancels, true never is.</summary>
    public readonly bool IsUniform => Min == Max;

    /// <summary>Whether another entry would make it a slot of too many entries of different ticks. Of one tick, any number may be in a slot.</summary>
    public readonly bool IsFullFor(long dueTick, int maxMixed) => Filled >= maxMixed && !(IsUniform && Min == dueTick);
}
