namespace ScheduledBots.Timing;

/// <content>What must hold after every operation, written down so that the tests can walk it.</content>
internal sealed partial class TimingWheel<TItem>
{
    /// <summary>Checks every invariant of the structure; for tests.</summary>
    /// <exception cref="InvalidOperationException">One does not hold.</exception>
    internal void CheckInvariants()
    {
        int counted = 0;
        for (int slotNumber = 0; slotNumber < _slots.Length; slotNumber++)
        {
            WheelSlot slot = _slots[slotNumber];
            bool occupied = (_occupied[slotNumber / 64] >> (slotNumber % 64) & 1) == 1;
            Require(occupied == (slot.Head != Nothing), "the bitmap tells which slots have entries");
            for (int index = slot.Head; index != Nothing; index = _slab[index].Next)
            {
                WheelEntry<TItem> entry = _slab[index];
                counted++;
                Require(entry.Slot == slotNumber && SlotFor(entry.Due) == slotNumber, "an entry is in the slot of its due tick");
                Require(entry.Due >= slot.Min && entry.Due <= slot.Max, "a slot knows its range");
                Require(entry.Due >= _current, "no entry is left behind");
                Require(entry.Next == Nothing || _slab[entry.Next].Previous == index, "neighbours know each other");
            }
        }

        Require(counted == Count, "every entry is in one slot");
    }

    private static void Require(bool holds, string invariant)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Broken invariant of the wheel: {invariant}.");
        }
    }
}
