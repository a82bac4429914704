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
    /// <summary>How many more mentions than twice its entries a slot may have before it is packed.</summary>
    private const int Slack = 8;

    private readonly WheelLimits _limits;
    private readonly WheelSlab<TItem> _slab = new();
    private readonly WheelBlocks _blocks = new();
    private readonly WheelWindow _top = new();
    private readonly (long DueTick, int Index)[] _sifted;
    private WheelWindow? _spare;
    private long _current;

    /// <param name="originTick">The first tick; not negative.</param>
    public TimingWheel(long originTick)
        : this(originTick, WheelLimits.Default)
    {
    }

    /// <param name="originTick">The first tick; not negative.</param>
    /// <param name="limits">Small ones let a test open slots with few entries.</param>
    internal TimingWheel(long originTick, WheelLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(originTick);
        _current = originTick;
        _limits = limits;
        _sifted = new (long, int)[limits.MaxSifted];
        _top.BecomeTop();
    }

    /// <summary>How many entries wait.</summary>
    public int Count { get; private set; }

    /// <summary>How many entries fit without growing.</summary>
    public int Capacity => _slab.Capacity;

    /// <summary>How many mentions, those of cancelled entries included, the blocks could hold without growing; for tests.</summary>
    internal int BlockCapacity => _blocks.Capacity;

    /// <summary>Schedules an entry; one that is due already expires with the next <see cref="Advance"/>.</summary>
    public WheelHandle Schedule(long dueTick, TItem item)
    {
        dueTick = Math.Max(dueTick, _current);
        WheelHandle handle = _slab.Add(dueTick, item);
        WheelWindow window = Find(dueTick, out int place);
        while (window.Slots[place].IsFullFor(dueTick, _limits.MaxMixed))
        {
            Open(window, place);
            window = window.Slots[place].Child!;
            place = window.PlaceOf(dueTick);
        }

        window.Occupy(place);
        Append(ref window.Slots[place], handle.Index, dueTick);
        Count++;
        return handle;
    }

    /// <summary>Cancels an entry.</summary>
    /// <returns>False where the handle is stale; nothing happens then.</returns>
    public bool Cancel(WheelHandle handle)
    {
        if (!_slab.IsCurrent(handle))
        {
            return false;
        }

        long dueTick = _slab[handle.Index].Due;
        _slab.Cancel(handle.Index);
        Count--;
        WheelWindow window = Find(dueTick, out int place);
        ref WheelSlot slot = ref window.Slots[place];
        slot.Count--;
        slot.IsLoose |= dueTick == slot.Min && !slot.IsUniform;
        if (slot.Count == 0)
        {
            Drop(window, place);
        }
        else if (slot.Filled > (2 * slot.Count) + Slack)
        {
            Pack(window, place);
        }

        return true;
    }

    /// <summary>Finds the earliest due tick.</summary>
    /// <returns>False while no entry waits.</returns>
    public bool TryGetNextDeadline(out long dueTick)
    {
        bool isAny = TryFindEarliest(out WheelWindow window, out int place);
        dueTick = isAny ? window.Slots[place].Min : 0;
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
        while (TryFindEarliest(out WheelWindow window, out int place))
        {
            ref readonly WheelSlot slot = ref window.Slots[place];
            if (slot.Min > nowTick)
            {
                break;
            }

            if (slot.IsUniform)
            {
                ExpireAll(window, place, expired);
            }
            else if (slot.Filled <= _limits.MaxSifted)
            {
                ExpireDue(window, place, nowTick, expired);
            }
            else
            {
                Open(window, place);
            }
        }

        _current = Math.Max(_current, nowTick);
    }
}
