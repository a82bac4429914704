using ScheduledBots.Lifecycle;

namespace ScheduledBots.Planning;

/// <summary>
/// How the agenda holds itself to its rows, now and then and after every answer that was lost. In one reading, marks of all the rows
/// pass by, page by page, and nothing of them is kept but the round in which a bot was met. What was not met is another's by now or
/// settled. Where a mark says something new, the whole row is read, and says the rest.
/// </summary>
/// <remarks>
/// A reading is under way from its request until its last answer. What leaves the plan meanwhile is remembered, because a mark, or
/// a row, may have been read before it left.
/// </remarks>
internal sealed partial class Agenda
{
    private readonly RecurringRequest _reconcile = new();

    /// <summary>The bots of the reading under way whose marks said something new.</summary>
    private readonly List<BotId> _unlike = [];

    /// <summary>Counts the readings.</summary>
    private long _reading;

    /// <summary>When a lost answer was, or will be, the reason for a reading.</summary>
    private DateTimeOffset _suspectAt = DateTimeOffset.MinValue;

    /// <summary>Rows matter while bots are planned, and while there may be some that are not.</summary>
    private bool CanReconcile => !_draining || _timetable.Count > 0;

    /// <summary>
    /// An answer may be lost rather than the statement: the rows tell. They are asked at once, but then not again before the
    /// pause that everything takes which failed: in an outage one statement after another fails, and the reading with them.
    /// </summary>
    private void SuspectRows()
    {
        if (_suspectAt <= _now)
        {
            DateTimeOffset next = _suspectAt + _options.ClaimInterval;
            _suspectAt = next > _now ? next : _now;
        }

        _reconcile.RequestAt(_suspectAt);
    }

    private void RequestReconciliation()
    {
        if (CanReconcile && _reconcile.TryStart(_now))
        {
            _reading++;
            _unlike.Clear();
            NodeId[] lostOwners = _lostNodes.Count == 0 ? [] : [.. _timetable.Bots.Where(planned => IsLost(planned.Bot)).Select(planned => planned.Bot.Owner!.Value).Distinct()];
            _commands.Add(new Command.Reconcile(_timetable.AddedCount, lostOwners));
        }
    }

    private void OnMarked(Signal.Marked marked)
    {
        bool isLost = _lostNodes.Contains(marked.Owner);
        foreach (BotMark mark in marked.Marks)
        {
            bool saysMore;
            if (_timetable.TryGet(mark.Id, out PlannedBot? known))
            {
                known.MetIn = _reading;
                saysMore = mark.Fence > known.Bot.Fence || IsArmedUnheard(mark, known);
            }
            else
            {
                // The rows of a lost incarnation are adopted by whoever sweeps; what may be running is waited for.
                saysMore = !isLost && !WasRemoved(mark.Id, mark.Fence) && !MayRun(mark);
            }

            if (saysMore)
            {
                _unlike.Add(mark.Id);
            }
        }
    }

    /// <summary>
    /// All marks have passed. They were read at some instant since the request, so what joined the plan since is not judged by
    /// them, and what left it since is not brought back by them.
    /// </summary>
    private void OnReconciled(Signal.Reconciled reconciled)
    {
        foreach (PlannedBot planned in _timetable.Bots.Where(planned => planned.Number <= reconciled.Number && planned.MetIn != _reading).ToArray())
        {
            // Another's, or settled. A closing bot has just been written, and its signal is on the way.
            if (planned.Phase != PlannedPhase.Closing)
            {
                Drop(planned);
            }
        }

        if (_unlike.Count == 0)
        {
            OnReadingEnded();
        }
        else
        {
            _commands.Add(new Command.ReadBack([.. _unlike], reconciled.Owners));
        }
    }

    /// <summary>Whole rows, younger than their marks.</summary>
    private void OnReadBack(Signal.ReadBack readBack)
    {
        foreach (Bot row in readBack.Bots)
        {
            if (_timetable.TryGet(row.Id, out PlannedBot? known))
            {
                HoldTo(row, known);
            }
            else if (!WasRemoved(row.Id, row.Fence))
            {
                Recover(row);
            }
        }

        if (readBack.IsLast)
        {
            OnReadingEnded();
        }
    }

    private void OnReadingEnded() => _reconcile.Answered(_now, _isShared ? _now + _options.ReconcileInterval : DateTimeOffset.MaxValue);

    private void OnReconcileFailed() => _reconcile.Answered(_now, _now + _options.ClaimInterval);

    private void HoldTo(Bot row, PlannedBot known)
    {
        if (row.Fence > known.Bot.Fence)
        {
            Plan(row);
        }
        else if (row is StagedBot armed && IsArmedUnheard(BotMark.Of(row.ToSnapshot()), known))
        {
            known.Bot = armed;
            AwaitArmingOrJoin(known, armed);
        }
        else
        {
            // In step, or a row read before its last write.
        }
    }

    /// <summary>A row of this node that is not on the agenda: the answer that brought it was lost.</summary>
    private void Recover(Bot row)
    {
        BotMark mark = BotMark.Of(row.ToSnapshot());
        if (IsLost(row) || MayRun(mark))
        {
            // Nobody's business here any more, or to be waited for like everybody else does.
        }
        else if (mark.ArmedUntil is null)
        {
            Plan(row);
        }
        else
        {
            // Armed or joining, and nobody here works for it: as if its owner were lost.
            _commands.Add(new Command.Reclaim(row));
        }
    }

    /// <summary>Whether an arming was applied whose answer was lost.</summary>
    private static bool IsArmedUnheard(BotMark mark, PlannedBot known) =>
        mark is { Status: BotStatus.Staged, ArmedUntil: not null } && mark.Fence == known.Bot.Fence && mark.Attempt > known.Bot.Attempt
        && known.Phase is PlannedPhase.Arming or PlannedPhase.AwaitingArming;

    /// <summary>Whether a bot that nobody here works for may be running all the same, until the end of its window and the hold.</summary>
    private bool MayRun(BotMark mark) => mark.ArmedUntil is { } until && until + _options.AmbiguityHold >= _now;

    private bool WasRemoved(BotId id, Fence fence) => _removedMeanwhile.TryGetValue(id, out Fence removed) && fence <= removed;
}
