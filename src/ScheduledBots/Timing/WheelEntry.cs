namespace ScheduledBots.Timing;

/// <summary>One place in the slab of a wheel: an entry, or a free place.</summary>
internal struct WheelEntry<TItem>
{
    public long Due;
    public TItem Item;

    /// <summary>The neighbours in the slot's ring of entries, or the next free place.</summary>
    public int Next;
    public int Previous;

    /// <summary>Odd while the place is in use.</summary>
    public int Generation;

    /// <summary>The slot it is in, counted over all levels.</summary>
    public int Slot;
}
