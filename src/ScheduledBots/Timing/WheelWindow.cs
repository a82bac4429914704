using System.Numerics;

namespace ScheduledBots.Timing;

/// <summary>The 256 slots into which a slot was opened: each spans a 256th of it.</summary>
/// <remarks>Not thread-safe. A window that is closed is empty, so it can be opened elsewhere as it is.</remarks>
internal sealed class WheelWindow
{
    public const int BitsPerLevel = 8;
    public const int SlotCount = 1 << BitsPerLevel;
    public const int TopLevel = (64 / BitsPerLevel) - 1;

    private readonly ulong[] _occupied = new ulong[SlotCount / 64];
    private int _shift;

    public WheelSlot[] Slots { get; } = new WheelSlot[SlotCount];

    /// <summary>Which digit of a due tick names the slot.</summary>
    public int Level => _shift / BitsPerLevel;

    /// <summary>The first tick.</summary>
    public long Start { get; private set; }

    /// <summary>The window of the slot that was opened; null at the top. Of a spare window, the next spare one.</summary>
    public WheelWindow? Parent { get; set; }

    /// <summary>The place of that slot.</summary>
    public int PlaceInParent { get; private set; }

    public bool IsEmpty => (_occupied[0] | _occupied[1] | _occupied[2] | _occupied[3]) == 0;

    /// <summary>The place of the first slot that has entries; 256 where none has.</summary>
    public int FirstPlace
    {
        get
        {
            int word = 0;
            while (word < _occupied.Length && _occupied[word] == 0)
            {
                word++;
            }

            return (word * 64) + (word < _occupied.Length ? BitOperations.TrailingZeroCount(_occupied[word]) : 0);
        }
    }

    /// <summary>Makes it the window of the whole time.</summary>
    public void BecomeTop() => _shift = TopLevel * BitsPerLevel;

    /// <summary>Makes it the window of a slot.</summary>
    public void BecomeChild(WheelWindow parent, int place)
    {
        _shift = parent._shift - BitsPerLevel;
        Start = parent.StartOf(place);
        Parent = parent;
        PlaceInParent = place;
    }

    /// <summary>The place of the slot of a due tick within the window.</summary>
    public int PlaceOf(long dueTick) => (int)(dueTick >> _shift) & (SlotCount - 1);

    /// <summary>The first tick of a slot.</summary>
    public long StartOf(int place) => Start | ((long)place << _shift);

    public bool IsOccupied(int place) => (_occupied[place / 64] >> (place % 64) & 1) == 1;

    public void Occupy(int place) => _occupied[place / 64] |= 1UL << (place % 64);

    public void Vacate(int place)
    {
        _occupied[place / 64] &= ~(1UL << (place % 64));
        Slots[place] = default;
    }
}
