namespace ScheduledBots.Timing;

/// <summary>What a cancel leaves to its slot, and when the slot hears of it.</summary>
internal sealed partial class TimingWheel<TItem>
{
    /// <summary>The due ticks of cancelled entries whose slots do not know it yet.</summary>
    private readonly long[] _unsettled;
    private int _unsettledCount;

    /// <summary>Cancels an entry.</summary>
    /// <returns>False where the handle is stale; nothing happens then.</returns>
    public bool Cancel(WheelHandle handle)
    {
        if (!_slab.TryCancel(handle, out long dueTick))
        {
            return false;
        }

        // Not settled at once: cancels that follow each other wait for the memory of their entries together, not in turn.
        Count--;
        _unsettled[_unsettledCount++] = dueTick;
        if (_unsettledCount == _unsettled.Length)
        {
            Settle();
        }

        return true;
    }

    /// <summary>Tells the slots of their cancelled entries. Before a slot is looked through, it has to know.</summary>
    private void Settle()
    {
        ReadOnlySpan<long> dueTicks = _unsettled.AsSpan(0, _unsettledCount);
        _unsettledCount = 0;
        foreach (long dueTick in dueTicks)
        {
            ref WheelSlot slot = ref Find(dueTick, out int place).Slots[place];
            slot.Count--;
            slot.IsLoose |= dueTick == slot.Min && !slot.IsUniform;
        }

        // Only once all are told: looking through a slot makes its count exact.
        foreach (long dueTick in dueTicks)
        {
            WheelWindow window = Find(dueTick, out int place);
            ref WheelSlot slot = ref window.Slots[place];
            if (slot.Count == 0 && slot.Filled > 0)
            {
                Drop(window, place);
            }
            else if (slot.Filled > (2 * slot.Count) + Slack)
            {
                Pack(window, place);
            }
        }
    }

    /// <summary>Drops the mentions of cancelled entries, and makes the range exact again.</summary>
    private void Pack(WheelWindow window, int place)
    {
        int taken = Sift(window, place, long.MinValue);
        System.Diagnostics.Debug.Assert(taken == 0 && window.Slots[place].Count > 0, "nothing is due before the beginning of time");
    }

    /// <summary>Empties a slot of which every entry is cancelled.</summary>
    private void Drop(WheelWindow window, int place)
    {
        WheelSlot slot = window.Slots[place];
        foreach (WheelMention mention in _blocks.Read(slot))
        {
            _slab.Reclaim(mention.Index);
        }

        _blocks.Free(slot);
        Vacate(window, place);
    }
}
