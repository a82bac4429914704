namespace ScheduledBots.Timing;

internal sealed partial class TimingWheel<TItem>
{
    /// <summary>Checks every invariant of the structure; for tests.</summary>
    /// <returns>How many slots are open.</returns>
    /// <exception cref="InvalidOperationException">One does not hold.</exception>
    internal int CheckInvariants()
    {
        Require(_top.Level == WheelWindow.TopLevel && _top.Start == 0, "the top window spans all time");
        Require(_near == _top || (_near.Level == NearLevel && !_near.IsEmpty && _near.Parent != null), "the near window is open");
        HashSet<int> mentioned = [];
        int open = 0;
        int counted = Check(_top, mentioned, ref open);
        Require(counted == Count, "every entry is in one slot");
        Require(_slab.CountFree() + mentioned.Count == _slab.Used, "every place is mentioned or free");
        for (WheelWindow? spare = _spare; spare is not null; spare = spare.Parent)
        {
            Require(spare.IsEmpty && Array.TrueForAll(spare.Slots, slot => slot.Filled == 0) && Array.TrueForAll(spare.Children, child => child is null), "a spare window is empty");
        }

        return open;
    }

    /// <returns>How many entries wait in the window.</returns>
    private int Check(WheelWindow window, HashSet<int> mentioned, ref int open)
    {
        int counted = 0;
        for (int place = 0; place < WheelWindow.SlotCount; place++)
        {
            WheelSlot slot = window.Slots[place];
            if (window.Children[place] is { } child)
            {
                Require(slot.Filled == 0 && slot.Count == 0, "an open slot has no entries of its own");
                Require(window.IsOccupied(place) && !child.IsEmpty, "an open slot is occupied");
                Require(child.Parent == window && child.PlaceInParent == place, "a window knows its slot");
                Require(child.Level == window.Level - 1 && child.Start == window.StartOf(place), "a window spans its slot");
                open++;
                counted += Check(child, mentioned, ref open);
            }
            else
            {
                Require(window.IsOccupied(place) == (slot.Count > 0), "the bitmap tells which slots have entries");
                Require(slot.Filled > 0 == slot.Count > 0, "an empty slot has no blocks");
                Require(slot.Filled <= (2 * slot.Count) + Slack, "a slot has few cancelled entries");
                Require(slot.IsUniform || slot.Filled <= _limits.MaxMixed, "a slot of different ticks is small");
                int waiting = CheckEntries(window, place, mentioned);
                Require(slot.Count == waiting + CountUnsettled(window, place), "a slot counts its entries");
                counted += waiting;
            }
        }

        return counted;
    }

    private int CheckEntries(WheelWindow window, int place, HashSet<int> mentioned)
    {
        WheelSlot slot = window.Slots[place];
        int waiting = 0;
        long earliest = long.MaxValue;
        foreach (WheelMention mention in _blocks.Read(slot))
        {
            WheelEntry<TItem> entry = _slab[mention.Index];
            Require(mentioned.Add(mention.Index), "an entry is mentioned once");
            Require(Find(entry.Due, out int right) == window && right == place, "an entry is in the slot of its due tick");
            Require(DueOf(mention, HighOf(window, place)) == entry.Due, "a mention tells the due tick");
            Require(entry.Due >= slot.Min && entry.Due <= slot.Max, "a slot knows its range");
            Require(_slab.IsCancelled(mention.Index) == (entry.Generation % 2 == 0), "a mentioned entry waits or is cancelled");
            if (!_slab.IsCancelled(mention.Index))
            {
                waiting++;
                earliest = Math.Min(earliest, entry.Due);
                Require(entry.Due >= _current, "no entry is left behind");
            }
        }

        Require(waiting == 0 || slot.IsLoose || CountUnsettled(window, place) > 0 || earliest == slot.Min, "a minimum is exact unless it is loose");
        return waiting;
    }

    private int CountUnsettled(WheelWindow window, int place)
    {
        int count = 0;
        foreach (long dueTick in _unsettled.AsSpan(0, _unsettledCount))
        {
            count += Find(dueTick, out int right) == window && right == place ? 1 : 0;
        }

        return count;
    }

    private static void Require(bool holds, string invariant)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Broken invariant of the wheel: {invariant}.");
        }
    }
}
