using ScheduledBots.Lifecycle;

namespace ScheduledBots.Planning;

/// <summary>What the agenda does because nodes can be lost: it adopts, and it can be fenced.</summary>
internal sealed partial class Agenda
{
    /// <summary>The most bots one adoption takes; a full one is followed by another at once.</summary>
    public const int MaxAdoptedAtOnce = 1_000;

    private readonly RecurringRequest _adopt = new();

    /// <summary>
    /// What left the plan, and under which fence, while an answer that may still bring it was on the way. Answers overtake one
    /// another: a row is found by reading, planned, dropped for a change, and then the slow answer of the claim that took it comes.
    /// </summary>
    private readonly Dictionary<BotId, Fence> _removedMeanwhile = [];

    private readonly HashSet<NodeId> _lostNodes = [];
    private bool _claimFailed;

    private void OnBeaten()
    {
        if (_claimFailed)
        {
            // The node may have lacked the trust; now it has it.
            _claimFailed = false;
            _claim.RequestAt(_now);
        }

        _adopt.RequestAt(_now);
        _reconcile.RequestAt(_now + _options.ReconcileInterval);
    }

    private void OnAdopted(Signal.Adopted adopted)
    {
        foreach (Bot bot in adopted.Bots)
        {
            Plan(bot);
        }

        _adopt.Answered(_now, adopted.Bots.Count >= adopted.Limit ? _now : DateTimeOffset.MaxValue);
    }

    private void OnAdoptionFailed()
    {
        // Shared stores are swept again with the next beat; to the only engine of a store this is a matter of its start.
        _adopt.Answered(_now, _isShared ? DateTimeOffset.MaxValue : _now + _options.ClaimInterval);
        SuspectRows();
    }

    private void RequestAdoption()
    {
        if (CanClaim && _adopt.TryStart(_now))
        {
            _commands.Add(new Command.Adopt(Math.Min(MaxAdoptedAtOnce, _options.MaxOwnedBots - _timetable.Count)));
        }
    }

    /// <summary>
    /// This incarnation was declared dead. Nothing of it is started any more; its allocations are kept until their rows are
    /// another's; its running joins report what they come to, whoever owns the bots by then.
    /// </summary>
    private void OnNodeLost(Signal.NodeLost lost)
    {
        _lostNodes.Add(lost.Node);
        foreach (PlannedBot planned in _timetable.Bots.Where(planned => planned.Phase != PlannedPhase.Joining).ToArray())
        {
            if (HoldsAllocation(planned))
            {
                _commands.Add(new Command.Orphan(planned.Bot));
                Remove(planned);
            }
            else
            {
                Drop(planned);
            }
        }

        _claim.RequestAt(_now);
    }

    private bool IsLost(Bot bot) => bot.Owner is { } owner && _lostNodes.Contains(owner);

    private Command ReleaseOf(Bot bot) => IsLost(bot) ? new Command.Orphan(bot) : new Command.Release(bot);

    private static bool HoldsAllocation(PlannedBot planned) => planned.Phase is
        PlannedPhase.AwaitingArming or PlannedPhase.Arming or PlannedPhase.AwaitingJoin or PlannedPhase.QueuedForJoin
        or PlannedPhase.Disarming or PlannedPhase.Rearming;

    private bool ExpectsRows => _reconcile.IsUnderway || _claim.IsUnderway || _adopt.IsUnderway;

    /// <summary>When no answer is on the way, none can bring back what left.</summary>
    private void ForgetRemoved()
    {
        if (!ExpectsRows)
        {
            _removedMeanwhile.Clear();
        }
    }

    private void Remove(PlannedBot planned)
    {
        _timetable.Remove(planned);
        if (ExpectsRows)
        {
            _removedMeanwhile[planned.Bot.Id] = planned.Bot.Fence;
        }
    }

    private void OnRestaged(Signal.Restaged restaged)
    {
        if (!_timetable.TryGet(restaged.Id, restaged.Fence, PlannedPhase.Restaging, out PlannedBot? planned))
        {
            return;
        }

        if (restaged.Next is { } bot)
        {
            planned.Bot = bot;
            AwaitStaging(planned);
        }
        else
        {
            Remove(planned);
        }
    }

    /// <summary>
    /// The instant before which a bot is not tried again, or null. For a staged one, an instant beyond its grace only keeps
    /// arming statements away while it waits for a join slot; it means nothing to a later owner.
    /// </summary>
    private DateTimeOffset? NotBefore(Bot bot) =>
        bot.NotBefore is not { } at || at <= _misfire.LastStart(bot.JoinAt) ? bot.NotBefore : bot is StagedBot ? null : AfterGrace(bot);
}
