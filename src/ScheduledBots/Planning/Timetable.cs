using System.Diagnostics.CodeAnalysis;
using ScheduledBots.Lifecycle;
using ScheduledBots.Timing;

namespace ScheduledBots.Planning;

/// <summary>The agenda's bookkeeping: which bots are on it, in which phase, and where each one's deadline is on the wheel.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class Timetable(DateTimeOffset now)
{
    private TimingWheel<PlannedBot> _wheel = new(TickScale.Floor(now));
    private readonly Dictionary<BotId, PlannedBot> _bots = [];
    private readonly List<PlannedBot> _expired = [];

    public int Count => _bots.Count;

    /// <summary>How many bots were ever added.</summary>
    public long AddedCount { get; private set; }

    /// <summary>How many bots wait for an arming statement.</summary>
    public int ArmingCount { get; private set; }

    public IReadOnlyCollection<PlannedBot> Bots => _bots.Values;

    /// <summary>The earliest deadline, or the end of time.</summary>
    public DateTimeOffset NextDeadline =>
        _wheel.TryGetNextDeadline(out long tick) ? TickScale.ToInstant(tick) : DateTimeOffset.MaxValue;

    public bool TryGet(BotId id, [NotNullWhen(true)] out PlannedBot? planned) => _bots.TryGetValue(id, out planned);

    /// <summary>Finds a bot only if a signal about it is still current.</summary>
    public bool TryGet(BotId id, Fence fence, PlannedPhase phase, [NotNullWhen(true)] out PlannedBot? planned) =>
        _bots.TryGetValue(id, out planned) && planned.Bot.Fence == fence && planned.Phase == phase;

    public PlannedBot Add(Bot bot)
    {
        var planned = new PlannedBot(bot, ++AddedCount);
        _bots.Add(bot.Id, planned);
        return planned;
    }

    /// <summary>Moves a bot to a phase that ends at a deadline, or earlier by a signal.</summary>
    public void Move(PlannedBot planned, PlannedPhase phase, DateTimeOffset deadline)
    {
        Enter(planned, phase);
        planned.DueAt = deadline;
        planned.Deadline = _wheel.Schedule(TickScale.Ceiling(deadline), planned);
    }

    /// <summary>Moves a bot to a phase that only a signal ends: the answer to a write.</summary>
    public void AwaitWrite(PlannedBot planned, PlannedPhase phase) => Enter(planned, phase);

    public void Remove(PlannedBot planned)
    {
        Enter(planned, PlannedPhase.Gone);
        _bots.Remove(planned.Bot.Id);
    }

    /// <summary>The bots whose deadline is reached, in the order of their deadlines. Valid until the next call.</summary>
    public IReadOnlyList<PlannedBot> Expire(DateTimeOffset now)
    {
        _expired.Clear();
        _wheel.Advance(TickScale.Floor(now), _expired);
        return _expired;
    }

    /// <summary>Sets the wheel, which only turns forward, up anew at an earlier instant.</summary>
    public void Rewind(DateTimeOffset now)
    {
        _wheel = new TimingWheel<PlannedBot>(TickScale.Floor(now));
        foreach (PlannedBot planned in _bots.Values)
        {
            planned.Deadline = planned.DueAt == DateTimeOffset.MaxValue ? default : _wheel.Schedule(TickScale.Ceiling(planned.DueAt), planned);
        }
    }

    private void Enter(PlannedBot planned, PlannedPhase phase)
    {
        _wheel.Cancel(planned.Deadline);
        planned.DueAt = DateTimeOffset.MaxValue;
        ArmingCount += (phase == PlannedPhase.Arming ? 1 : 0) - (planned.Phase == PlannedPhase.Arming ? 1 : 0);
        planned.Phase = phase;
    }
}
