namespace ScheduledBots.Timing;

/// <summary>One place in the slab of a wheel: an entry, or a free place.</summary>
internal struct WheelEntry<TItem>
{
    /// <summary>The due tick; the next free place while this one is free.</summary>
    public long Due;

    public TItem Item;

    /// <summary>Odd while the entry waits.</summary>
    public int Generation;
}
