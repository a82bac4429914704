namespace ScheduledBots.Timing;

/// <summary>How slots fill, open, shrink and empty.</summary>
internal sealed partial class TimingWheel<TItem>
{
    /// <summary>The highest level whose slots determine the high half of a due tick.</summary>
    private const int TopExactLevel = 4;

    /// <summary>The level of the window that is remembered, so that the way to most slots begins there and not at the top.</summary>
    private const int NearLevel = 5;

    private const long NotDetermined = -1;

    /// <summary>Finds the slot of a due tick: the smallest that exists.</summary>
    private WheelWindow Find(long dueTick, out int place)
    {
        WheelWindow window = _near.Spans(dueTick) ? _near : _top;
        while (true)
        {
            place = window.PlaceOf(dueTick);
            WheelWindow? child = window.Children[place];
            if (child is null)
            {
                return window;
            }

            window = child;
        }
    }

    /// <summary>Finds the slot of the earliest entries; its minimum is exact.</summary>
    private bool TryFindEarliest(out WheelWindow window, out int place)
    {
        if (_unsettledCount > 0)
        {
            Settle();
        }

        while (true)
        {
            window = _top;
            place = window.FirstPlace;
            if (place == WheelWindow.SlotCount)
            {
                return false;
            }

            while (window.Children[place] is { } child)
            {
                window = child;
                place = window.FirstPlace;
            }

            ref WheelSlot slot = ref window.Slots[place];
            if (!slot.IsLoose)
            {
                return true;
            }

            // Looking through a large slot after each cancel of its earliest entry would make a storm of them quadratic.
            if (slot.Filled <= _limits.MaxSifted)
            {
                Pack(window, place);
            }
            else
            {
                Open(window, place);
            }
        }
    }

    private void Append(ref WheelSlot slot, int index, long dueTick)
    {
        _blocks.Append(ref slot, new WheelMention(index, (uint)dueTick));
        if (slot.Count++ == 0)
        {
            slot.Min = dueTick;
            slot.Max = dueTick;
        }
        else
        {
            slot.Min = Math.Min(slot.Min, dueTick);
            slot.Max = Math.Max(slot.Max, dueTick);
        }
    }

    /// <summary>Puts a window in the place of a slot's entries and the entries into its slots.</summary>
    private void Open(WheelWindow window, int place)
    {
        WheelSlot slot = window.Slots[place];
        WheelWindow child = _spare ?? new WheelWindow();
        _spare = child.Parent;
        child.BecomeChild(window, place);
        _near = child.Level == NearLevel && child.Spans(_current) ? child : _near;

        int first = child.PlaceOf(slot.Min);
        if (first == child.PlaceOf(slot.Max))
        {
            // They go on together, so their blocks do; a herd opens as quickly as one entry.
            child.Slots[first] = slot;
            child.Occupy(first);
            return;
        }

        long high = HighOf(window, place);
        foreach (WheelMention mention in _blocks.Read(slot))
        {
            if (_slab.IsCancelled(mention.Index))
            {
                _slab.Reclaim(mention.Index);
                continue;
            }

            long dueTick = DueOf(mention, high);
            int at = child.PlaceOf(dueTick);
            child.Occupy(at);
            Append(ref child.Slots[at], mention.Index, dueTick);
        }

        _blocks.Free(slot);
    }

    /// <summary>Hands out what is due of a slot that is small enough to be sorted at once.</summary>
    private void ExpireDue(WheelWindow window, int place, long nowTick, List<TItem> expired)
    {
        int taken = Sift(window, place, nowTick);
        for (int i = 0; i < taken; i++)
        {
            expired.Add(_slab.Remove(_sifted[i].Index));
        }

        Count -= taken;
        if (window.Slots[place].Count == 0)
        {
            Vacate(window, place);
        }
    }

    /// <summary>Looks through a slot: takes out what is due, sorted, drops what is cancelled and keeps the rest.</summary>
    /// <returns>How many of the sifted are due.</returns>
    private int Sift(WheelWindow window, int place, long nowTick)
    {
        ref WheelSlot slot = ref window.Slots[place];
        WheelSlot old = slot;
        slot = default;
        long high = HighOf(window, place);
        int taken = 0;
        foreach (WheelMention mention in _blocks.Read(old))
        {
            if (_slab.IsCancelled(mention.Index))
            {
                _slab.Reclaim(mention.Index);
                continue;
            }

            long dueTick = DueOf(mention, high);
            if (dueTick > nowTick)
            {
                Append(ref slot, mention.Index, dueTick);
                continue;
            }

            // Behind those of the same tick: they came first.
            int at = taken++;
            for (; at > 0 && _sifted[at - 1].DueTick > dueTick; at--)
            {
                _sifted[at] = _sifted[at - 1];
            }

            _sifted[at] = (dueTick, mention.Index);
        }

        _blocks.Free(old);
        return taken;
    }

    /// <summary>Hands out all entries of a slot, which are due at one tick.</summary>
    private void ExpireAll(WheelWindow window, int place, List<TItem> expired)
    {
        WheelSlot slot = window.Slots[place];
        foreach (WheelMention mention in _blocks.Read(slot))
        {
            if (_slab.IsCancelled(mention.Index))
            {
                _slab.Reclaim(mention.Index);
            }
            else
            {
                expired.Add(_slab.Remove(mention.Index));
            }
        }

        Count -= slot.Count;
        _blocks.Free(slot);
        Vacate(window, place);
    }

    /// <summary>Marks a slot as empty, and closes its window, and those around it, if it was the last.</summary>
    private void Vacate(WheelWindow window, int place)
    {
        window.Vacate(place);
        while (window.IsEmpty && window.Parent is { } parent)
        {
            parent.Vacate(window.PlaceInParent);
            _near = window == _near ? _top : _near;
            window.Parent = _spare;
            _spare = window;
            window = parent;
        }
    }

    /// <summary>The high half of the due ticks of a slot's entries, where the slot determines it.</summary>
    private static long HighOf(WheelWindow window, int place) =>
        window.Level <= TopExactLevel ? window.StartOf(place) & ~(long)uint.MaxValue : NotDetermined;

    private long DueOf(WheelMention mention, long high) => high == NotDetermined ? _slab[mention.Index].Due : high | mention.DueLow;
}
