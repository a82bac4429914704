using ScheduledBots.Configuration;
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

    /// <summary>The answer may be lost rather than the claim: rows that came by it are found by reading.</summary>
    private void OnClaimFailed()
    {
        _claimFailed = true;
        _claim.Answered(_now, _now + _options.ClaimInterval);
        SuspectRows();
    }

    private void Plan(Bot bot)
    {
        if (IsLost(bot) || WasRemoved(bot.Id, bot.Fence))
        {
            return; // adopted like any other bot of that incarnation; or old news
        }

        if (_timetable.TryGet(bot.Id, out PlannedBot? known))
        {
            if (known.Bot.Fence >= bot.Fence)
            {
                return;
            }

            Drop(known);
        }

        PlannedBot planned = _timetable.Add(bot);
        switch (bot)
        {
            case { Crashes: var crashes } when crashes >= _options.PoisonLimit:
                Fail(planned, FailureReason.Poisoned);
                break;
            case { PossiblyStarted: true } when _options.AmbiguityPolicy == AmbiguityPolicy.Fail:
                Fail(planned, FailureReason.Unknown);
                break;
            case StagedBot { Resource.IsPortable: false } staged:
                _timetable.AwaitWrite(planned, PlannedPhase.Restaging);
                _commands.Add(new Command.Restage(staged));
                break;
            default:
                AwaitStaging(planned);
                break;
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
                _commands.Add(new Command.Supersede(planned.Bot.Id, planned.Bot.Fence));
                break;
            default:
                if (HoldsAllocation(planned))
                {
                    _commands.Add(new Command.Release(planned.Bot));
                }

                // Else nothing is allocated yet, or it closes, and its own step releases.
                break;
        }

        Remove(planned);
    }

    private void OnStagingEnded(Signal.StagingEnded ended)
    {
        FreeStagingSlot(ended.Id, ended.Fence);
        if (!_timetable.TryGet(ended.Id, ended.Fence, PlannedPhase.Staging, out PlannedBot? planned))
        {
            // Dropped while the call ran. Where its commit came first all the same, somebody has to release the allocation.
            if (ended.Next is StagedBot orphan)
            {
                _commands.Add(ReleaseOf(orphan));
            }

            return;
        }

        switch (ended.Next)
        {
            case StagedBot staged:
                OnStaged(planned, staged);
                break;
            case ScheduledBot or JoiningBot:
                planned.Bot = ended.Next;
                AwaitStaging(planned);
                break;
            default:
                Remove(planned);
                break;
        }
    }

    private void AwaitStaging(PlannedBot planned)
    {
        // One that reads joining cannot be handed back; it is overdue, and joined here.
        if (_draining && planned.Bot is not JoiningBot)
        {
            HandBack(planned);
            return;
        }

        DateTimeOffset stageAt = StagingTime.Of(planned.Bot, _options);
        if (NotBefore(planned.Bot) is { } notBefore && notBefore > stageAt)
        {
            stageAt = notBefore;
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
            _timetable.Move(planned, PlannedPhase.AwaitingArming, NotBefore(staged) is { } notBefore && notBefore > armAt ? notBefore : armAt);
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
            // One that was dropped is not here any more; one whose arming was read back before it was answered may even
            // have made the attempt by now, and must not make it again.
            if (_timetable.TryGet(bot.Id, out PlannedBot? planned) && planned.Bot.Fence == bot.Fence && planned.Bot.Attempt < bot.Attempt)
            {
                OnArmed(planned, bot);
            }
        }

        OnArmingAnswered();
    }

    private void OnArmingFailed()
    {
        OnArmingAnswered();
        SuspectRows();
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

    private void OnClosed(Signal.Closed closed)
    {
        _closingCount--;
        if (_timetable.TryGet(closed.Id, closed.Fence, PlannedPhase.Closing, out PlannedBot? planned))
        {
            Remove(planned);
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
                case PlannedPhase.AwaitingStaging or PlannedPhase.QueuedForStaging when planned.Bot is not JoiningBot:
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
