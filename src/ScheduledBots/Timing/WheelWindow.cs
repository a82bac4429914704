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

    /// <summary>The windows of the slots that are open. Apart from the slots, so that the way down stays in the cache.</summary>
    public WheelWindow?[] Children { get; } = new WheelWindow?[SlotCount];

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

    /// <summary>Makes it the window of a slot, whose entries the caller has taken.</summary>
    public void BecomeChild(WheelWindow parent, int place)
    {
        parent.Slots[place] = default;
        parent.Children[place] = this;
        _shift = parent._shift - BitsPerLevel;
        Start = parent.StartOf(place);
        Parent = parent;
        PlaceInParent = place;
    }

    /// <summary>The place of the slot of a due tick within the window.</summary>
    public int PlaceOf(long dueTick) => (int)(dueTick >> _shift) & (SlotCount - 1);

    /// <summary>Whether a due tick, or a window of a lower level, lies within.</summary>
    public bool Spans(long dueTick) => (dueTick ^ Start) >> _shift < SlotCount;

    /// <summary>The first tick of a slot.</summary>
    public long StartOf(int place) => Start | ((long)place << _shift);

    public bool IsOccupied(int place) => (_occupied[place >> 6] >> place & 1) == 1;

    public void Occupy(int place) => _occupied[place >> 6] |= 1UL << place;

    public void Vacate(int place)
    {
        _occupied[place >> 6] &= ~(1UL << place);
        Slots[place] = default;
        Children[place] = null;
    }
}
