namespace ScheduledBots.Timing;

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
            Require(IsOccupied(slotNumber) == (slot.Count > 0), "the bitmap tells which slots have entries");
            Require((slot.Filled > 0) == (slot.Count > 0), "an empty slot has no blocks");
            Require(slot.Filled <= (2 * slot.Count) + Slack, "a slot has few holes");
            int inSlot = 0;
            int position = WheelBlocks.First(slot);
            for (int left = slot.Filled; left > 0; left--, position = _blocks.After(position))
            {
                int index = _blocks[position];
                if (index == Nothing)
                {
                    continue;
                }

                WheelEntry<TItem> entry = _slab[index];
                inSlot++;
                Require(entry.Position == position && SlotFor(entry.Due) == slotNumber, "an entry is in the slot of its due tick");
                Require(entry.Due >= slot.Min && entry.Due <= slot.Max, "a slot knows its range");
                Require(entry.Due >= _current, "no entry is left behind");
            }

            Require(inSlot == slot.Count, "a slot counts its entries");
            counted += inSlot;
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

    private bool IsOccupied(int slotNumber) =>
        (_occupiedWords >> (slotNumber / 64) & 1) == 1 && (_occupied[slotNumber / 64] >> (slotNumber % 64) & 1) == 1;
}
