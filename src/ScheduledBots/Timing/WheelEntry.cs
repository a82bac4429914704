namespace ScheduledBots.Timing;

/// <summary>One place in the slab of a wheel: an entry, or a free place.</summary>
internal struct WheelEntry<TItem>
{
    public long Due;
    public TItem Item;

    /// <summary>Where its slot's blocks name it, or the next free place.</summary>
    public int Position;

    /// <summary>Odd while the place is in use.</summary>
    public int Generation;
}
