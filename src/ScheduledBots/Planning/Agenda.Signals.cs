using ScheduledBots.Lifecycle;

namespace ScheduledBots.Planning;

/// <summary>What each signal changes.</summary>
internal sealed partial class Agenda
{
    private void OnLoaded(Signal.Loaded loaded)
    {
        foreach (Bot bot in loaded.Bots)
        {
            Plan(bot);
        }

        bool mayHaveMore = loaded.Bots.Count >= loaded.Limit;
        DateTimeOffset next = mayHaveMore ? _now
            : loaded.NextJoinAt is not { } joinAt ? _now + _options.ClaimInterval
            : joinAt == DateTimeOffset.MaxValue ? joinAt
            : joinAt - _options.Horizon;
        _claim.Answered(_now, next);
    }

    private void Plan(Bot bot)
    {
        if (_timetable.TryGet(bot.Id, out PlannedBot? known))
        {
            if (known.Bot.Fence >= bot.Fence)
            {
                return;
            }

            Drop(known);
        }

        PlannedBot planned = _timetable.Add(bot);
        if (bot is ScheduledBot)
        {
            AwaitStaging(planned);
        }
        else
        {
            // Staged under an earlier owner: its allocation is not in this process, so it goes back to be staged again.
            HandBack(planned);
        }
    }

    /// <summary>A caller's change voids what is planned: the running call is given up, what is held is released.</summary>
    private void OnChanged(Signal.Changed changed)
    {
        if (_timetable.TryGet(changed.Id, out PlannedBot? planned) && planned.Bot.Fence < changed.Fence)
        {
            Drop(planned);
        }
    }

    private void Drop(PlannedBot planned)
    {
        switch (planned.Phase)
        {
            case PlannedPhase.Staging:
                _commands.Add(new Command.GiveUpStaging(planned.Bot.Id, planned.Bot.Fence));
                break;
            case PlannedPhase.Joining:
                _commands.Add(new Command.GiveUpJoin(planned.Bot.Id, planned.Bot.Fence));
                break;
            case PlannedPhase.AwaitingArming or PlannedPhase.Arming or PlannedPhase.AwaitingJoin or PlannedPhase.QueuedForJoin:
                _commands.Add(new Command.Release(planned.Bot));
                break;
            default:
                // Nothing is allocated before staging; a closing bot releases in its own step.
                break;
        }

        _timetable.Remove(planned);
    }

    private void OnStagingEnded(Signal.StagingEnded ended)
    {
        _allocations.Free(ended.Id, ended.Fence);
        if (!_timetable.TryGet(ended.Id, ended.Fence, PlannedPhase.Staging, out PlannedBot? planned))
        {
            // Dropped while the call ran. Where its commit came first all the same, somebody has to release the allocation.
            if (ended.Next is StagedBot orphan)
            {
                _commands.Add(new Command.Release(orphan));
            }

            return;
        }

        switch (ended.Next)
        {
            case StagedBot staged:
                OnStaged(planned, staged);
                break;
            case ScheduledBot scheduled:
                planned.Bot = scheduled;
                AwaitStaging(planned);
                break;
            default:
                _timetable.Remove(planned);
                break;
        }
    }

    private void AwaitStaging(PlannedBot planned)
    {
        if (_draining)
        {
            HandBack(planned);
            return;
        }

        DateTimeOffset stageAt = StagingTime.Of(planned.Bot, _options);
        if (planned.Bot.NotBefore is { } notBefore && notBefore > stageAt)
        {
            stageAt = Earlier(notBefore, AfterGrace(planned.Bot));
        }

        _timetable.Move(planned, PlannedPhase.AwaitingStaging, stageAt);
    }

    private void AwaitArmingOrJoin(PlannedBot planned, StagedBot staged)
    {
        if (staged.ArmedUntil is not null)
        {
            _timetable.Move(planned, PlannedPhase.AwaitingJoin, staged.JoinAt);
        }
        else if (_draining && staged.JoinAt - _options.ArmLead > _now)
        {
            HandBack(planned);
        }
        else
        {
            DateTimeOffset armAt = staged.JoinAt - _options.ArmLead;
            DateTimeOffset deadline = staged.NotBefore is { } notBefore && notBefore > armAt ? Earlier(notBefore, AfterGrace(staged)) : armAt;
            _timetable.Move(planned, PlannedPhase.AwaitingArming, deadline);
        }
    }

    private void AwaitArming(PlannedBot planned)
    {
        _timetable.Move(planned, PlannedPhase.Arming, AfterGrace(planned.Bot));
        _arm.RequestAt(_now);
    }

    private void OnArmed(Signal.Armed armed)
    {
        foreach (StagedBot bot in armed.Bots)
        {
            // One that was dropped is not here any more.
            if (_timetable.TryGet(bot.Id, out PlannedBot? planned) && planned.Bot.Fence == bot.Fence)
            {
                OnArmed(planned, bot);
            }
        }

        OnArmingAnswered();
    }

    private void OnArmed(PlannedBot planned, StagedBot bot)
    {
        switch (planned.Phase)
        {
            case PlannedPhase.Arming or PlannedPhase.AwaitingArming:
                // One that waits for its time may be armed by a statement for another.
                planned.Bot = bot;
                AwaitArmingOrJoin(planned, bot);
                break;
            case PlannedPhase.Staging or PlannedPhase.Joining:
                // The store had it staged already, and the statement overtook the signal that says so.
                planned.ArmedEarly = bot;
                break;
            default:
                // It is closing: that write decides.
                break;
        }
    }

    /// <summary>Takes in a bot that is staged now, or armed already.</summary>
    private void OnStaged(PlannedBot planned, StagedBot staged)
    {
        StagedBot bot = planned.ArmedEarly is { } armed && armed.Attempt > staged.Attempt ? armed : staged;
        planned.ArmedEarly = null;
        planned.Bot = bot;
        AwaitArmingOrJoin(planned, bot);
    }

    private void OnArmingAnswered() =>
        _arm.Answered(_now, _timetable.ArmingCount > 0 ? _now + ArmInterval : DateTimeOffset.MaxValue);

    private void OnJoinRefused(Signal.JoinRefused refused)
    {
        _joins.Free();
        if (_timetable.TryGet(refused.Bot.Id, refused.Bot.Fence, PlannedPhase.Joining, out PlannedBot? planned))
        {
            AwaitArmingOrJoin(planned, refused.Bot);
        }
        else
        {
            _commands.Add(new Command.Release(refused.Bot));
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
                _commands.Add(new Command.Release(orphan));
            }

            return;
        }

        if (ended.Retry is { } retry)
        {
            OnStaged(planned, retry);
        }
        else
        {
            _timetable.Remove(planned);
        }
    }

    private void OnClosed(Signal.Closed closed)
    {
        if (_timetable.TryGet(closed.Id, closed.Fence, PlannedPhase.Closing, out PlannedBot? planned))
        {
            _timetable.Remove(planned);
        }
    }

    /// <summary>What is about to join is joined here; everything else goes back to the store.</summary>
    private void OnDrainRequested()
    {
        _draining = true;
        foreach (PlannedBot planned in _timetable.Bots.ToArray())
        {
            bool aboutToJoin = planned.Bot.JoinAt - _options.ArmLead <= _now;
            switch (planned.Phase)
            {
                case PlannedPhase.AwaitingStaging or PlannedPhase.QueuedForStaging:
                    HandBack(planned);
                    break;
                case PlannedPhase.AwaitingArming when !aboutToJoin:
                    HandBack(planned);
                    break;
                case PlannedPhase.Staging when !aboutToJoin:
                    _commands.Add(new Command.GiveUpStaging(planned.Bot.Id, planned.Bot.Fence));
                    break;
                default:
                    // Armed, joining, or ending anyway.
                    break;
            }
        }
    }
}
