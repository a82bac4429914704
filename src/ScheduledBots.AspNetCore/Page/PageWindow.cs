using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Page;

/// <summary>
/// The bots of a stretch of time, held in step by two sources: events of this process, which come at once, and rows read from the
/// store, which also tell what other processes did.
/// </summary>
/// <remarks>
/// <para>A read takes a while, and events come meanwhile. What was heard during a read wins over the row that was read, which may be older.
/// Where an event is the older one, the events behind it are on their way, and the next read comes in any case. Nothing takes a settled
/// bot back, because settled is final.</para>
/// <para>Not thread-safe. Holds at most a number of bots; those beyond it are left out, and <see cref="IsCut"/> says so.</para>
/// </remarks>
internal sealed class PageWindow(int capacity)
{
    private readonly Dictionary<BotId, PageBot> _bots = [];
    private readonly HashSet<BotId> _heardWhileReading = [];
    private bool _isReading;
    private DateTimeOffset _from;
    private DateTimeOffset _until;

    /// <summary>The bots, in no order.</summary>
    public IReadOnlyDictionary<BotId, PageBot> Bots => _bots;

    /// <summary>Whether there are more bots than are held.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Moves on with time: what lies outside is forgotten.</summary>
    public void MoveTo(DateTimeOffset from, DateTimeOffset until)
    {
        (_from, _until) = (from, until);
        foreach (BotId id in _bots.Where(entry => !Holds(entry.Value.JoinAt)).Select(entry => entry.Key).ToArray())
        {
            _bots.Remove(id);
        }
    }

    /// <summary>An event of this process.</summary>
    /// <returns>Whether a viewer sees a difference.</returns>
    public bool Hear(BotEvent told)
    {
        if (_isReading)
        {
            _heardWhileReading.Add(told.Id);
        }

        bool isKnown = _bots.TryGetValue(told.Id, out PageBot before);
        if (told.Kind == BotEventKind.Erased || !Holds(told.JoinAt))
        {
            return _bots.Remove(told.Id);
        }

        return !(isKnown && before.IsSettled && told.To < BotStatus.Joined) && Put(told.Id, PageBot.After(isKnown ? before : null, told));
    }

    /// <summary>From here on what is heard is newer than what is being read.</summary>
    public void BeginRead() => _isReading = true;

    /// <summary>A read was given up.</summary>
    public void AbandonRead()
    {
        _isReading = false;
        _heardWhileReading.Clear();
    }

    /// <summary>What was read.</summary>
    /// <param name="from">The earliest JoinAt that was asked for.</param>
    /// <param name="until">Before which JoinAt everything was read; what is held and was not read is gone.</param>
    /// <param name="read">The bots.</param>
    /// <returns>The bots that do not look as they did.</returns>
    public IReadOnlyList<BotId> EndRead(DateTimeOffset from, DateTimeOffset until, IReadOnlyList<Bot> read)
    {
        var changed = new List<BotId>();
        var seen = new HashSet<BotId>(read.Count);
        foreach (Bot bot in read)
        {
            seen.Add(bot.Id);
            if (Merge(bot.Id, PageBot.Of(bot)))
            {
                changed.Add(bot.Id);
            }
        }

        BotId[] gone = [.. _bots
            .Where(entry => entry.Value.JoinAt >= from && entry.Value.JoinAt < until)
            .Select(entry => entry.Key)
            .Where(id => !seen.Contains(id) && !_heardWhileReading.Contains(id))];
        foreach (BotId id in gone)
        {
            _bots.Remove(id);
            changed.Add(id);
        }

        AbandonRead();
        IsCut = _bots.Count >= capacity;
        return changed;
    }

    private bool Merge(BotId id, PageBot row)
    {
        bool isHeld = _bots.TryGetValue(id, out PageBot held);
        if (!_heardWhileReading.Contains(id))
        {
            return Put(id, row);
        }

        // Heard and not held: it was erased, or moved out of the window, while the row was read.
        return isHeld && Put(id, held with { Name = row.Name });
    }

    /// <returns>Whether a viewer sees a difference.</returns>
    private bool Put(BotId id, PageBot bot)
    {
        bool isHeld = _bots.TryGetValue(id, out PageBot held);
        if (!isHeld && (_bots.Count >= capacity || !Holds(bot.JoinAt)))
        {
            IsCut |= _bots.Count >= capacity;
            return false;
        }

        _bots[id] = bot;
        return !isHeld || !bot.LooksLike(held);
    }

    private bool Holds(DateTimeOffset joinAt) => joinAt >= _from && joinAt < _until;
}
