using ScheduledBots.Lifecycle;

namespace ScheduledBots.Planning;

/// <summary>Who gets the slots for the host's code: allocations, joins, and those that have to be alone.</summary>
internal sealed partial class Agenda
{
    private readonly SlotQueue _suspects = new(PlannedPhase.QueuedForStaging, slotCount: 1);
    private (BotId Id, Fence Fence)? _stagingAlone;

    private bool IsQuiet => _allocations.Running == 0 && _suspects.Running == 0 && _joins.Running == 0;

    private void FillStagingSlots()
    {
        StageSuspect();
        while (_suspects.Running == 0 && _allocations.TryStart(out PlannedBot? planned))
        {
            if (IsMissed(planned))
            {
                _allocations.Free(planned.Bot.Id, planned.Bot.Fence);
                Miss(planned);
            }
            else
            {
                Stage(planned);
            }
        }
    }

    private void Stage(PlannedBot planned)
    {
        planned.StagingTries++;
        _timetable.Move(planned, PlannedPhase.Staging, Earlier(_now + _options.AllocationTimeout, AfterGrace(planned.Bot)));
        _commands.Add(new Command.Stage(planned.Bot, planned.StagingTries));
    }

    private void FillJoinSlots()
    {
        while (_joins.TryStart(MayJoin, out PlannedBot? planned))
        {
            UseJoinSlot(planned);
        }
    }

    /// <summary>A bot has a slot: it joins, or frees it again.</summary>
    private void UseJoinSlot(PlannedBot planned)
    {
        if (IsMissed(planned) || planned.Bot is not StagedBot bot)
        {
            _joins.Free();
            Miss(planned);
        }
        else if (bot.JoinAt > _now)
        {
            // The clock went back while it queued.
            _joins.Free();
            _timetable.Move(planned, PlannedPhase.AwaitingJoin, bot.JoinAt);
        }
        else if (bot.ArmedUntil is null)
        {
            _timetable.AwaitWrite(planned, PlannedPhase.Rearming);
            _commands.Add(new Command.Rearm(bot));
        }
        else
        {
            Join(planned, bot);
        }
    }

    private void Join(PlannedBot planned, StagedBot bot)
    {
        _timetable.Move(planned, PlannedPhase.Joining, _now + _options.JoinTimeout);
        _commands.Add(new Command.Join(bot));
    }

    private void OnJoinRefused(Signal.JoinRefused refused)
    {
        _joins.Free();
        if (!_timetable.TryGet(refused.Bot.Id, refused.Bot.Fence, PlannedPhase.Joining, out PlannedBot? planned))
        {
            _commands.Add(ReleaseOf(refused.Bot));
        }
        else if (IsLost(refused.Bot))
        {
            _commands.Add(ReleaseOf(refused.Bot));
            Remove(planned);
        }
        else
        {
            OnStaged(planned, refused.Bot);
        }
    }

    private void OnJoinEnded(Signal.JoinEnded ended)
    {
        _joins.Free();
        if (!_timetable.TryGet(ended.Id, ended.Fence, PlannedPhase.Joining, out PlannedBot? planned))
        {
            // Dropped while the call ran, and too late to give it up: a bot that asked for a retry may be aborted, and the
            // news of that may come before the news of the retry. What it kept for the next attempt has to be released.
            if (ended.Retry is { } orphan)
            {
                _commands.Add(ReleaseOf(orphan));
            }

            return;
        }

        if (ended.Retry is { } lost && IsLost(lost))
        {
            // This incarnation makes no further attempt; whoever adopts the bot does.
            _commands.Add(ReleaseOf(lost));
            Remove(planned);
        }
        else if (ended.Retry is { } retry)
        {
            OnStaged(planned, retry);
        }
        else
        {
            Remove(planned);
        }
    }

    /// <summary>The common case, a bot that is due while nobody queues before it, takes its slot without a queue.</summary>
    private void JoinOrQueue(PlannedBot planned)
    {
        if (MayJoin(planned) && _joins.TryStartAtOnce())
        {
            UseJoinSlot(planned);
        }
        else
        {
            QueueForJoin(planned);
        }
    }

    private void QueueForJoin(PlannedBot planned)
    {
        _timetable.Move(planned, PlannedPhase.QueuedForJoin, AfterGrace(planned.Bot));
        _joins.Enqueue(planned);
    }

    /// <summary>
    /// On a shared store a window closes soon: who found no slot at JoinAt is disarmed, once, and armed again when it has one.
    /// </summary>
    private void DisarmQueued(IReadOnlyList<PlannedBot> expired)
    {
        foreach (PlannedBot planned in expired)
        {
            if (_isShared && planned is { Phase: PlannedPhase.QueuedForJoin, Bot: StagedBot { ArmedUntil: not null } bot })
            {
                _timetable.AwaitWrite(planned, PlannedPhase.Disarming);
                _commands.Add(new Command.Disarm(bot, AfterGrace(bot)));
            }
        }
    }

    private void OnDisarmed(Signal.Disarmed disarmed)
    {
        if (!_timetable.TryGet(disarmed.Id, disarmed.Fence, PlannedPhase.Disarming, out PlannedBot? planned))
        {
            return;
        }

        if (disarmed.Next is { } bot)
        {
            planned.Bot = bot;
            QueueForJoin(planned);
        }
        else
        {
            Drop(planned);
        }
    }

    private void OnRearmed(Signal.Rearmed rearmed)
    {
        if (!_timetable.TryGet(rearmed.Id, rearmed.Fence, PlannedPhase.Rearming, out PlannedBot? planned))
        {
            _joins.Free();
            return;
        }

        planned.Bot = rearmed.Next ?? planned.Bot;
        if (rearmed.Next is { ArmedUntil: not null } armed && armed.JoinAt <= _now && !IsMissed(planned))
        {
            Join(planned, armed);
            return;
        }

        _joins.Free();
        if (rearmed.Next is null)
        {
            Drop(planned);
        }
        else if (planned.Bot.JoinAt > _now)
        {
            // The clock went back while it was armed.
            _timetable.Move(planned, PlannedPhase.AwaitingJoin, planned.Bot.JoinAt);
        }
        else if (IsMissed(planned))
        {
            Miss(planned);
        }
        else
        {
            // The node does not trust itself just now; the bot lines up again.
            _timetable.Move(planned, PlannedPhase.AwaitingJoin, _now + ArmInterval);
        }
    }

    /// <summary>One more death and it is poisoned; until then nothing that can die with it is begun beside it.</summary>
    private bool IsSuspect(PlannedBot planned) => planned.Bot.Crashes >= _options.PoisonLimit - 1;

    /// <summary>Joins of others are never held back for a suspect: they have their instant.</summary>
    private bool MayJoin(PlannedBot planned) => !IsSuspect(planned) || IsQuiet;

    private void QueueForStaging(PlannedBot planned)
    {
        _timetable.Move(planned, PlannedPhase.QueuedForStaging, AfterGrace(planned.Bot));
        if (IsSuspect(planned))
        {
            _suspects.Enqueue(planned);
        }
        else
        {
            _allocations.Enqueue(planned);
        }
    }

    private void StageSuspect()
    {
        while (IsQuiet && _suspects.TryStart(static _ => true, out PlannedBot? planned))
        {
            if (IsMissed(planned))
            {
                _suspects.Free();
                Miss(planned);
            }
            else
            {
                _stagingAlone = (planned.Bot.Id, planned.Bot.Fence);
                Stage(planned);
            }
        }
    }

    private void FreeStagingSlot(BotId id, Fence fence)
    {
        if (_stagingAlone == (id, fence))
        {
            _stagingAlone = null;
            _suspects.Free();
        }
        else
        {
            _allocations.Free(id, fence);
        }
    }
}
