using System.Numerics;

namespace ScheduledBots.Timing;

/// <summary>A hierarchical timing wheel: schedules, cancels and expires in constant time, and sleeps while nothing is due.</summary>
/// <remarks>
/// <para>
/// A due tick is read as eight digits of eight bits. An entry lies at the level of the highest digit in which its due
/// tick differs from the current tick, in the slot that this digit names:
/// </para>
/// <code>
/// level   a slot spans      a level spans
/// 0       1 us              256 us
/// 1       256 us            65.5 ms
/// 2       65.5 ms           16.8 s
/// 3       16.8 s            71.6 min
/// 4       71.6 min          12.7 days
/// 5       12.7 days         8.9 years      (6 and 7 complete the 64 bits, so no instant is out of range)
/// </code>
/// <para>
/// It follows that every entry of a lower level is due before every entry of a higher one, and within a level a lower
/// slot before a higher one: the earliest entries are in the first occupied slot of the lowest occupied level, and two
/// bitmaps find it without looking at any entry. When the current tick reaches the start of a slot above level 0, the
/// slot <em>cascades</em>: its entries, now closer, move to lower levels. Example: at tick 0 an entry due at 70,000 goes
/// to level 2, slot 1 (70,000 = 1*65,536 + 17*256 + 112). At tick 65,536 the slot cascades, the entry moves to level 1,
/// slot 17; at 69,888 to level 0, slot 112; at 70,000 it expires. Each entry moves at most once a level.
/// </para>
/// <para>
/// Two things keep the instant itself cheap. Each slot knows the range of its due ticks: a slot whose entries share one
/// tick, the herd at the full hour, expires as it stands, never cascading. And the same range gives the exact next
/// deadline without a tick, so whoever owns the wheel can sleep until then.
/// </para>
/// <para>
/// Entries are places in a slab of chunks; handles carry the place's generation, so a stale cancel is a no-op. A slot
/// names its entries in blocks of one cache line, so that it cascades and expires by streaming, not by chasing links. A
/// cancel leaves a hole in its block; a slot of more holes than entries is packed. Entries of one tick are always in one
/// slot, in the order in which they came. A steady state allocates nothing.
/// </para>
/// <para>
/// Sources: G. Varghese and T. Lauck, "Hashed and Hierarchical Timing Wheels", SOSP 1987 (scheme 7). From the wheel of
/// Tokio: the level by the highest differing bit, and occupancy bitmaps. From the wheels of Kafka and Caffeine: no
/// ticking, time moves from deadline to deadline.
/// </para>
/// <para>Not thread-safe: one owner.</para>
/// </remarks>
internal sealed partial class TimingWheel<TItem>
{
    private const int BitsPerLevel = 8;
    private const int SlotsPerLevel = 1 << BitsPerLevel;
    private const int WordsPerLevel = SlotsPerLevel / 64;
    private const int LevelCount = 64 / BitsPerLevel;
    private const int Nothing = -1;

    /// <summary>How many holes any slot may have before it is packed.</summary>
    private const int Slack = 64;

    private readonly WheelSlab<TItem> _slab = new();
    private readonly WheelBlocks _blocks = new();
    private readonly WheelSlot[] _slots = new WheelSlot[LevelCount * SlotsPerLevel];
    private readonly ulong[] _occupied = new ulong[LevelCount * WordsPerLevel];
    private uint _occupiedWords;
    private long _current;

    /// <param name="originTick">The first tick; not negative.</param>
    public TimingWheel(long originTick)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(originTick);
        _current = originTick;
    }

    /// <summary>How many entries wait.</summary>
    public int Count { get; private set; }

    /// <summary>How many entries fit without growing.</summary>
    public int Capacity => _slab.Capacity;

    /// <summary>How many entries, cancelled ones included, the blocks could hold without growing; for tests.</summary>
    internal int BlockCapacity => _blocks.Capacity;

    /// <summary>Schedules an entry; one that is due already expires with the next <see cref="Advance"/>.</summary>
    public WheelHandle Schedule(long dueTick, TItem item)
    {
        int index = _slab.Take();
        ref WheelEntry<TItem> entry = ref _slab[index];
        entry.Due = Math.Max(dueTick, _current);
        entry.Item = item;
        Link(index, ref entry);
        Count++;
        return new WheelHandle(index, entry.Generation);
    }

    /// <summary>Cancels an entry.</summary>
    /// <returns>False where the handle is stale; nothing happens then.</returns>
    public bool Cancel(WheelHandle handle)
    {
        if (!_slab.IsCurrent(handle))
        {
            return false;
        }

        Unlink(ref _slab[handle.Index]);
        _slab.Free(handle.Index);
        Count--;
        return true;
    }

    /// <summary>Finds the earliest due tick. Nothing moves.</summary>
    /// <returns>False while no entry waits.</returns>
    public bool TryGetNextDeadline(out long dueTick)
    {
        bool isAny = TryFindFirstSlot(out int slotNumber);
        dueTick = isAny ? Tighten(ref _slots[slotNumber]) : 0;
        return isAny;
    }

    /// <summary>
    /// Moves the current tick forward and hands out every entry that is due, in the order of the due ticks; those of one
    /// tick in the order in which they came.
    /// </summary>
    /// <param name="nowTick">The new current tick; an earlier one than before changes nothing.</param>
    /// <param name="expired">Receives the items.</param>
    public void Advance(long nowTick, List<TItem> expired)
    {
        while (TryFindFirstSlot(out int slotNumber))
        {
            ref WheelSlot slot = ref _slots[slotNumber];
            long start = StartOf(slotNumber);
            if (start > nowTick)
            {
                break;
            }

            if (slot.Min == slot.Max && slot.Max <= nowTick)
            {
                _current = slot.Max;
                Expire(slotNumber, expired);
            }
            else
            {
                _current = start;
                Cascade(slotNumber);
            }
        }

        _current = Math.Max(_current, nowTick);
    }

    private int SlotFor(long dueTick)
    {
        ulong difference = (ulong)(dueTick ^ _current);
        int level = difference == 0 ? 0 : (63 - BitOperations.LeadingZeroCount(difference)) / BitsPerLevel;
        return (level * SlotsPerLevel) + (int)((ulong)dueTick >> (level * BitsPerLevel) & (SlotsPerLevel - 1));
    }

    /// <summary>The first tick a slot spans, given the digits it shares with the current tick.</summary>
    private long StartOf(int slotNumber)
    {
        int level = slotNumber / SlotsPerLevel;
        int shift = level * BitsPerLevel;
        ulong above = level == LevelCount - 1 ? 0 : (ulong)_current >> (shift + BitsPerLevel) << (shift + BitsPerLevel);
        return (long)(above | (ulong)(slotNumber % SlotsPerLevel) << shift);
    }

    private void Link(int index, ref WheelEntry<TItem> entry)
    {
        int slotNumber = SlotFor(entry.Due);
        ref WheelSlot slot = ref _slots[slotNumber];
        if (slot.Count++ == 0)
        {
            _occupied[slotNumber / 64] |= 1UL << (slotNumber % 64);
            _occupiedWords |= 1U << (slotNumber / 64);
            slot.Min = entry.Due;
            slot.Max = entry.Due;
            slot.IsLoose = false;
        }
        else
        {
            slot.Min = Math.Min(slot.Min, entry.Due);
            slot.Max = Math.Max(slot.Max, entry.Due);
        }

        entry.Position = _blocks.Append(ref slot, index);
    }

    private void Unlink(ref WheelEntry<TItem> entry)
    {
        int slotNumber = SlotFor(entry.Due);
        ref WheelSlot slot = ref _slots[slotNumber];
        _blocks[entry.Position] = Nothing;
        if (--slot.Count == 0)
        {
            _blocks.Free(Detach(slotNumber));
            return;
        }

        slot.IsLoose |= entry.Due == slot.Min;
        if (slot.Filled > (2 * slot.Count) + Slack)
        {
            Pack(ref slot);
        }
    }

    /// <summary>Moves the entries of a slot together, in their order.</summary>
    private void Pack(ref WheelSlot slot)
    {
        WheelSlot old = slot;
        slot.Filled = 0;
        int position = WheelBlocks.First(old);
        for (int left = old.Filled; left > 0; left--, position = _blocks.After(position))
        {
            int index = _blocks[position];
            if (index != Nothing)
            {
                _slab[index].Position = _blocks.Append(ref slot, index);
            }
        }

        _blocks.Free(old);
    }

    private bool TryFindFirstSlot(out int slotNumber)
    {
        int word = BitOperations.TrailingZeroCount(_occupiedWords);
        slotNumber = _occupiedWords == 0 ? Nothing : (word * 64) + BitOperations.TrailingZeroCount(_occupied[word]);
        return slotNumber != Nothing;
    }

    /// <summary>Makes a slot's minimum exact again after cancels.</summary>
    private long Tighten(ref WheelSlot slot)
    {
        if (!slot.IsLoose)
        {
            return slot.Min;
        }

        slot.Min = long.MaxValue;
        int position = WheelBlocks.First(slot);
        for (int left = slot.Filled; left > 0; left--, position = _blocks.After(position))
        {
            int index = _blocks[position];
            slot.Min = index == Nothing ? slot.Min : Math.Min(slot.Min, _slab[index].Due);
        }

        slot.IsLoose = false;
        return slot.Min;
    }

    private void Expire(int slotNumber, List<TItem> expired)
    {
        WheelSlot slot = Detach(slotNumber);
        int position = WheelBlocks.First(slot);
        for (int left = slot.Filled; left > 0; left--, position = _blocks.After(position))
        {
            int index = _blocks[position];
            if (index != Nothing)
            {
                expired.Add(_slab[index].Item);
                _slab.Free(index);
            }
        }

        Count -= slot.Count;
        _blocks.Free(slot);
    }

    private void Cascade(int slotNumber)
    {
        WheelSlot slot = Detach(slotNumber);
        int position = WheelBlocks.First(slot);
        for (int left = slot.Filled; left > 0; left--, position = _blocks.After(position))
        {
            int index = _blocks[position];
            if (index != Nothing)
            {
                Link(index, ref _slab[index]);
            }
        }

        _blocks.Free(slot);
    }

    /// <summary>Empties a slot; its blocks are the caller's to free.</summary>
    private WheelSlot Detach(int slotNumber)
    {
        WheelSlot slot = _slots[slotNumber];
        _slots[slotNumber] = default;
        ref ulong word = ref _occupied[slotNumber / 64];
        word &= ~(1UL << (slotNumber % 64));
        if (word == 0)
        {
            _occupiedWords &= ~(1U << (slotNumber / 64));
        }

        return slot;
    }
}
