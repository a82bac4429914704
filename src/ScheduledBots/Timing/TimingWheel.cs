namespace ScheduledBots.Timing;

/// <summary>A hierarchical timing wheel: schedules, cancels and expires in constant time, and has nothing to do while nothing is due.</summary>
/// <remarks>
/// <para>
/// A due tick is read as eight digits of eight bits. The top window has a slot for each value of the first digit; a slot
/// that is opened has a window of its own, with a slot for each value of the next digit:
/// </para>
/// <code>
/// level   a slot spans      a window spans
/// 0       1 us              256 us
/// 1       256 us            65.5 ms
/// 2       65.5 ms           16.8 s
/// 3       16.8 s            71.6 min
/// 4       71.6 min          12.7 days
/// 5       12.7 days         8.9 years      (6 and 7 complete the 64 bits, so no instant is out of range)
/// </code>
/// <para>
/// An entry is in the smallest slot there is for its due tick. Slots do not overlap, so the earliest entries are in the
/// first occupied slot, which bitmaps find without looking at any entry; and each slot knows the range of its due ticks,
/// which gives the exact next deadline without a tick, so whoever owns the wheel can sleep until then.
/// </para>
/// <para>
/// The classic wheel opens a slot when time reaches it: all its entries move down at the full hour, at the very instant
/// that matters. Here a slot is opened when it would come to hold too many entries of <em>different</em> ticks, long
/// before, and each opening moves a bounded number of them. Entries of <em>one</em> tick, the herd at the full hour, may
/// be any number: their slot never has to be opened for its size, it expires as it stands, and where it is opened all the
/// same, for an entry of another tick, its blocks go on to the next level whole. So no call but the one that hands a herd
/// out does more than a bounded part of the work, and there is nothing to prepare while nothing is due. Example: 2,048
/// entries spread over the hour wait in one slot of level 4; one more opens it, and each goes to the slot of its 16.8
/// seconds, about eight in each. When time reaches such a slot, its few entries are sorted and handed out as they are due.
/// </para>
/// <para>
/// Memory decides the speed, not instructions. Entries are places in a slab of chunks; handles carry the place's
/// generation, so a stale cancel is a no-op. A slot mentions its entries, with the low half of the due tick, in blocks of
/// two cache lines, so that it is opened by streaming, without a look at the entries. A cancel touches the entry and no block:
/// it marks the place in a bitmap that stays in the cache, its slot hears of it a little later, with other cancels, and
/// the place is free again once the slot has been looked through. A slot of many more mentions than entries is packed. Entries of one tick are always in
/// one slot, in the order in which they came. A steady state allocates nothing.
/// </para>
/// <para>
/// Sources: G. Varghese and T. Lauck, "Hashed and Hierarchical Timing Wheels", SOSP 1987 (scheme 7), for the levels; S.
/// Heinz, J. Zobel and H. Williams, "Burst tries", TOIS 2002, for opening a container by its size. From the wheels of
/// Kafka and Caffeine: no ticking, time moves from deadline to deadline; from that of Tokio: occupancy bitmaps.
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
    private WheelWindow _near;
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
        _unsettled = new long[limits.MaxUnsettled];
        _sifted = new (long, int)[limits.MaxSifted];
        _top.BecomeTop();
        _near = _top;
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
        if (_unsettledCount > 0 && window.Slots[place].IsFullFor(dueTick, _limits.MaxMixed))
        {
            Settle();
            window = Find(dueTick, out place);
        }

        while (window.Slots[place].IsFullFor(dueTick, _limits.MaxMixed))
        {
            Open(window, place);
            window = window.Children[place]!;
            place = window.PlaceOf(dueTick);
        }

        window.Occupy(place);
        Append(ref window.Slots[place], handle.Index, dueTick);
        Count++;
        return handle;
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
