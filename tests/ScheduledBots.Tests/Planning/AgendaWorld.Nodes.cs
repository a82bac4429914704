using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Planning;

/// <summary>What other nodes add to the world: adoption, answers that are lost, rows that go unheard, a death sentence.</summary>
internal sealed partial class AgendaWorld
{
    private readonly bool _isShared;
    private readonly List<StagedBot> _restaging = [];
    private readonly List<Command.Disarm> _disarming = [];
    private readonly List<StagedBot> _rearming = [];

    /// <summary>Bots that another node has by now, which the agenda can only learn from the rows.</summary>
    private readonly Dictionary<BotId, Bot> _goneUnheard = [];
    private NodeId _node = new(new Guid("01890000-0000-7000-8000-0000000000aa"));
    private Command.Adopt? _adopting;
    private Command.Reconcile? _reconciling;
    private Command.ReadBack? _readingBack;

    /// <summary>Behind which bot the reading goes on: time passes between its pages.</summary>
    private BotId? _lastRead;
    private int _lostCount;

    private void TakeAmongNodes(AgendaStep step)
    {
        switch (step.Kind)
        {
            case 15: Tell(new Signal.Beaten()); break;
            case 16: AnswerAdoption(Adoptable(step), Adoptable(step with { Milliseconds = step.Milliseconds * 7 })); break;
            case 17 when _adopting is not null: _adopting = null; Tell(new Signal.AdoptionFailed()); break;
            case 18: AnswerReconciliation(); break;
            case 19 when _reconciling is not null || _readingBack is not null: FailReading(); break;
            case 20: AnswerRestaging(step); break;
            case 21: AnswerDisarming(step); break;
            case 22: AnswerRearming(step); break;
            case 23 when _isShared && _reconciling is null && _readingBack is null && Pick(_live.Values.Where(bot => !IsInHand(bot)).ToArray(), step) is { } bot: LoseUnheard(bot); break;
            case 24 when _isShared && step.Milliseconds % 4 == 0: LoseNode(); break;
            default: break;
        }
    }

    private void AnswerNodes(AgendaStep step)
    {
        AnswerAdoption();
        AnswerReconciliation();
        AnswerRestaging(step);
        AnswerDisarming(step with { Milliseconds = 1 });
        AnswerRearming(step with { Milliseconds = 1 });
    }

    /// <summary>A bot as an adoption brings it: in any open state, with or without a past.</summary>
    private Bot Adoptable(AgendaStep step)
    {
        ScheduledBot fresh = Create(Now.AddMilliseconds(step.Milliseconds % 900_000), fence: 2);
        int kind = step.Milliseconds % 5;
        var row = fresh.ToSnapshot() with
        {
            Crashes = step.Milliseconds % 7 == 0 ? 1 + (step.Milliseconds % 3) : 0,
            Status = kind == 0 ? BotStatus.Scheduled : kind < 3 ? BotStatus.Staged : BotStatus.Joining,
            Resource = kind == 0 ? null : new ResourceHandle("vm", IsPortable: kind is 1 or 3),
            Attempt = kind > 2 ? 1 : 0,
            PossiblyStarted = kind > 2,
            JoinAt = kind > 2 ? Now.AddMilliseconds(-(step.Milliseconds % 300_000)) : fresh.JoinAt,
        };
        return Bot.FromSnapshot(row with { StartedAt = kind > 2 ? row.JoinAt : null });
    }

    private void AnswerAdoption(params Bot[] bots)
    {
        if (_adopting is { } adopting)
        {
            _adopting = null;
            bots = [.. bots.Take(adopting.Limit)];
            foreach (Bot bot in bots)
            {
                _live.Add(bot.Id, bot);
            }

            Tell(new Signal.Adopted(bots, adopting.Limit));
        }
    }

    private void AnswerReconciliation()
    {
        if (_readingBack is { } readBack)
        {
            _readingBack = null;
            Tell(new Signal.ReadBack([.. readBack.Ids.Where(_live.ContainsKey).Select(id => _live[id])], IsLast: true));
        }
        else if (_reconciling is { } reconciling && !ReadsOn())
        {
            _reconciling = null;
            foreach (Bot gone in _goneUnheard.Values.Where(gone => !_closing.Exists(bot => bot.Id == gone.Id && bot.Fence == gone.Fence)).ToArray())
            {
                _goneUnheard.Remove(gone.Id);
            }

            Tell(new Signal.Reconciled(reconciling.Number, [_node]));
        }
    }

    /// <summary>Reads one page, two bots long.</summary>
    /// <returns>Whether there may be another one.</returns>
    private bool ReadsOn()
    {
        Bot[] page = [.. _live.Values.Where(bot => _lastRead is not { } last || bot.Id > last).OrderBy(bot => bot.Id).Take(2)];
        foreach (Bot bot in page)
        {
            Tell(new Signal.Marked(bot.Owner!.Value, [BotMark.Of(bot.ToSnapshot())]));
        }

        _lastRead = page.Length < 2 ? null : page[^1].Id;
        return _lastRead is not null;
    }

    private void FailReading()
    {
        _reconciling = null;
        _readingBack = null;
        _lastRead = null;
        Tell(new Signal.ReconcileFailed());
    }

    private void AnswerRestaging(AgendaStep step)
    {
        if (Pick(_restaging, step) is { } bot)
        {
            _restaging.Remove(bot);
            Bot? next = IsCurrent(bot) ? Unstaged(bot, notBefore: null) : null;
            Follow(bot, next);
            Tell(new Signal.Restaged(bot.Id, bot.Fence, next));
        }
    }

    private void AnswerDisarming(AgendaStep step)
    {
        if (Pick(_disarming, step) is { } disarm)
        {
            _disarming.Remove(disarm);
            StagedBot? next = IsCurrent(disarm.Bot) ? disarm.Bot.Disarm(disarm.NotBefore) : null;
            Follow(disarm.Bot, next);
            Tell(new Signal.Disarmed(disarm.Bot.Id, disarm.Bot.Fence, next));
        }
    }

    private void AnswerRearming(AgendaStep step)
    {
        if (Pick(_rearming, step) is { } bot)
        {
            _rearming.Remove(bot);
            StagedBot? next = !IsCurrent(bot) ? null : step.Milliseconds % 4 == 0 ? bot : bot.Arm(Now.AddSeconds(5));
            Follow(bot, next);
            Tell(new Signal.Rearmed(bot.Id, bot.Fence, next));
        }
    }

    /// <summary>Another node has the bot; nobody says so.</summary>
    private void LoseUnheard(Bot bot)
    {
        _live.Remove(bot.Id);
        _goneUnheard.Add(bot.Id, bot);
        Settle();
    }

    private void LoseNode()
    {
        var lost = _node;
        _node = new NodeId(new Guid(++_lostCount, 1, 0x7000, 0x80, 1, 2, 3, 4, 5, 6, 7));
        foreach (Bot gone in _goneUnheard.Values.Where(gone => !_joining.Exists(bot => bot.Id == gone.Id && bot.Fence == gone.Fence)).ToArray())
        {
            _goneUnheard.Remove(gone.Id);
        }

        Dictionary<BotId, Bot> kept = _joining.Where(IsCurrent).ToDictionary(bot => bot.Id, bot => (Bot)bot);
        _live.Clear();
        foreach ((BotId id, Bot bot) in kept)
        {
            _live[id] = bot;
        }

        Tell(new Signal.NodeLost(lost));
    }

    private void JudgeAmongNodes(Command command)
    {
        switch (command)
        {
            case Command.Adopt adopt:
                Assert.False(_adopting is not null || _draining);
                _adopting = adopt;
                break;
            case Command.Reconcile reconcile:
                Assert.True(_reconciling is null && _readingBack is null);
                _reconciling = reconcile;
                break;
            case Command.ReadBack readBack:
                Assert.True(_reconciling is null && _readingBack is null);
                Assert.NotEmpty(readBack.Ids);
                _readingBack = readBack;
                break;
            case Command.Restage restage:
                Assert.True(IsKnown(restage.Bot) && restage.Bot is { Resource.IsPortable: false, ArmedUntil: null });
                _restaging.Add(restage.Bot);
                break;
            case Command.Disarm disarm:
                Assert.True(_isShared && IsKnown(disarm.Bot) && disarm.Bot.ArmedUntil is not null);
                Assert.DoesNotContain(disarm.Bot, _joining);
                _disarming.Add(disarm);
                break;
            case Command.Rearm rearm:
                Assert.True(_isShared && IsKnown(rearm.Bot) && rearm.Bot.ArmedUntil is null);
                _rearming.Add(rearm.Bot);
                Assert.True(_joining.Count + _rearming.Count <= _options.MaxConcurrentJoins);
                break;
            default:
                break;
        }
    }

    private bool IsInHand(Bot bot) =>
        _staging.Concat(_joining).Concat(_closing).Concat(_restaging).Concat(_disarming.Select(one => one.Bot)).Concat(_rearming)
            .Any(one => one.Id == bot.Id && one.Fence == bot.Fence);

    private bool IsSuspect(Bot bot) => bot.Crashes >= _options.PoisonLimit - 1;

    private bool IsKnown(Bot bot) => IsCurrent(bot) || (_goneUnheard.TryGetValue(bot.Id, out Bot? gone) && gone.Fence == bot.Fence);

    private bool ForgetUnheard(Bot bot) =>
        _goneUnheard.TryGetValue(bot.Id, out Bot? gone) && gone.Fence == bot.Fence && _goneUnheard.Remove(bot.Id);

    private void Follow(Bot bot, Bot? next)
    {
        ForgetUnheard(bot);
        if (IsCurrent(bot))
        {
            Update(bot.Id, next);
        }
    }

    private static Bot? Orphan(Command command) => command switch
    {
        Command.Release release => release.Bot,
        Command.Orphan orphan => orphan.Bot,
        _ => null,
    };

    private static StagedBot Staged(Bot bot) => bot switch
    {
        ScheduledBot scheduled => scheduled.Stage(new ResourceHandle("vm", false)),
        StagedBot staged => staged.Attach(staged.Resource),
        JoiningBot joining => joining.Stage(new ResourceHandle("vm", false)),
        _ => throw new InvalidOperationException($"{bot} was staged"),
    };

    private Bot Unstaged(Bot bot, DateTimeOffset? notBefore)
    {
        var failure = new Failure(FailureReason.StagingFailed);
        return bot switch
        {
            ScheduledBot scheduled => scheduled.RetryStaging(notBefore ?? Now, failure),
            StagedBot staged when staged.StatusAt(Now) == BotStatus.Joining => staged.RestageJoining(notBefore, failure),
            StagedBot staged => staged.Restage(notBefore, failure),
            JoiningBot joining => joining.RetryStaging(notBefore ?? Now, failure),
            _ => throw new InvalidOperationException($"{bot} was staged"),
        };
    }
}
