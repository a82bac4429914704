using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Planning;

/// <summary>Everything around an agenda: a store, steps that answer when told to, and the books that judge each command.</summary>
internal sealed partial class AgendaWorld
{
    public static readonly DateTimeOffset Start = Examples.Noon;

    private readonly ScheduledBotsOptions _options;
    private readonly List<Command> _commands = [];
    private readonly Dictionary<BotId, Bot> _live = [];
    private readonly List<Bot> _staging = [];
    private readonly List<StagedBot> _joining = [];
    private readonly List<Bot> _closing = [];
    private Command.Arm? _arming;
    private bool _claiming;
    private bool _draining;
    private int _created;

    public AgendaWorld(ScheduledBotsOptions options, bool isShared = false)
    {
        _options = options;
        _isShared = isShared;
        Agenda = new Agenda(options, isShared, Start, _commands);
        Settle();
    }

    public Agenda Agenda { get; }

    public DateTimeOffset Now { get; set; } = Start;

    /// <summary>Every command so far.</summary>
    public List<Command> Seen { get; } = [];

    public int LiveCount => _live.Count;

    public bool IsBusy =>
        _staging.Count + _joining.Count + _closing.Count + _restaging.Count + _disarming.Count + _rearming.Count > 0
        || _arming is not null || _claiming || _adopting is not null || _reconciling is not null || _readingBack is not null;

    public ScheduledBot Create(DateTimeOffset joinAt, BotId? id = null, long fence = 1)
    {
        // The last four bytes make the spread.
        var fresh = new BotId(new Guid(++_created, 0, 0, 0, 0, 0, 0, (byte)(_created * 37), (byte)(_created * 91), (byte)(_created * 53), (byte)(_created * 157)));
        return (ScheduledBot)Bot.FromSnapshot(Examples.Row(BotStatus.Scheduled) with
        {
            Id = id ?? fresh,
            JoinAt = joinAt,
            Fence = new Fence(fence),
            Owner = _node,
            LastFailure = null,
        });
    }

    public void Load(params IReadOnlyList<Bot> bots)
    {
        if (!_claiming)
        {
            Tell(new Signal.Nudged(Now));
        }

        if (_claiming)
        {
            _claiming = false;
            foreach (Bot bot in bots)
            {
                _live[bot.Id] = bot;
            }

            Tell(new Signal.Loaded(bots, 1_000, DateTimeOffset.MaxValue));
        }
    }

    /// <summary>Takes one step of a script.</summary>
    public void Take(AgendaStep step)
    {
        TimeSpan span = TimeSpan.FromMilliseconds(step.Milliseconds);
        switch (step.Kind)
        {
            case 0: Load(Create(Now + span)); break;
            case 1: Load(Create(Now + span), Create(Now + span), Create(Now)); break;
            case 2 when Pick(_live.Values, step) is { } bot: Load(Create(Now + span, bot.Id, bot.Fence.Value + 2)); break;
            case 3 when Pick(_live.Values, step) is { } bot: Change(bot); break;
            case 4: AnswerStaging(step, success: true); break;
            case 5: AnswerStaging(step, success: false); break;
            case 6: AnswerArming(step.Milliseconds % 3 > 0); break;
            case 7: AnswerJoin(step); break;
            case 8: AnswerClosing(step); break;
            case 9: Move(Now - (span / 10)); break;
            case 10: Move(Now + (span / 4)); break;
            case 11 when _claiming: _claiming = false; Tell(new Signal.ClaimFailed()); break;
            case > 14: TakeAmongNodes(step); break;
            default:
                if (Agenda.NextDeadline is { } next)
                {
                    Move(next > Now ? next : Now);
                }

                break;
        }
    }

    public void Drain()
    {
        _draining = true;
        Tell(new Signal.DrainRequested());
    }

    /// <summary>Answers all that is asked, and lets time pass from deadline to deadline, until nobody is left.</summary>
    public void Finish()
    {
        var step = new AgendaStep(0, 1);
        Tell(new Signal.Beaten());
        for (int turn = 0; Agenda.Count > 0 || IsBusy; turn++)
        {
            Assert.True(turn < 2_000, $"{_live.Count} bots are never done, {Agenda.Count} on the agenda, {_goneUnheard.Count} unheard, at {Now}, next {Agenda.NextDeadline}, {string.Join(' ', Seen.TakeLast(5))}");
            if (_claiming)
            {
                Load();
            }

            AnswerNodes(step);
            AnswerStaging(step, success: true);
            AnswerArming(true);
            AnswerJoin(step);
            AnswerClosing(step);
            if (!IsBusy && Agenda.Count > 0 && Agenda.NextDeadline is { } next)
            {
                Move(next > Now ? next : Now);
            }
        }

        Assert.Empty(_live);
    }

    public void Move(DateTimeOffset to)
    {
        Now = to;
        Settle();
    }

    public void AnswerStaging(AgendaStep step, bool success)
    {
        if (Pick(_staging, step) is not { } bot)
        {
            return;
        }

        _staging.Remove(bot);
        if (ForgetUnheard(bot))
        {
            Tell(new Signal.StagingEnded(bot.Id, bot.Fence, null));
            return;
        }

        bool isCurrent = IsCurrent(bot);
        Bot? next = success ? Staged(bot) : step.Milliseconds % 2 == 0 ? Unstaged(bot, Now.AddMilliseconds(step.Milliseconds)) : null;
        if (isCurrent)
        {
            Update(bot.Id, next);
        }

        int seen = Seen.Count;
        Tell(new Signal.StagingEnded(bot.Id, bot.Fence, next));
        Assert.Equal(
            success && !isCurrent ? 1 : 0,
            Seen.Skip(seen).Count(command => Orphan(command) is StagedBot orphan && orphan.Id == bot.Id && orphan.Fence == bot.Fence));
    }

    public void AnswerArming(bool success)
    {
        if (_arming is not { } arm)
        {
            return;
        }

        _arming = null;
        StagedBot[] armed = [.. _live.Values.OfType<StagedBot>()
            .Where(bot => bot.ArmedUntil is null && bot.StagedFence == bot.Fence && bot.JoinAt < arm.DueBefore && (bot.NotBefore ?? Now) <= Now && !_closing.Exists(one => one.Id == bot.Id))
            .Select(bot => bot.Arm(bot.JoinAt + _options.MisfireGrace + TimeSpan.FromMinutes(1)))];
        bool isLost = !success && _isShared;
        foreach (StagedBot bot in success || isLost ? armed : [])
        {
            // Where only the answer is lost, reading the rows has to bring it.
            _live[bot.Id] = bot;
        }

        Tell(success ? new Signal.Armed(armed) : new Signal.ArmingFailed());
    }

    public void AnswerJoin(AgendaStep step)
    {
        if (Pick(_joining, step) is not { } bot)
        {
            return;
        }

        _joining.Remove(bot);
        if (ForgetUnheard(bot))
        {
            Tell(new Signal.JoinEnded(bot.Id, bot.Fence, null));
            return;
        }

        if (Now < bot.JoinAt)
        {
            if (bot.Owner != _node && IsCurrent(bot))
            {
                _live.Remove(bot.Id);
            }

            Tell(new Signal.JoinRefused(bot));
            return;
        }

        StagedBot? retry = step.Milliseconds % 3 == 0 ? bot.Join(Now).Retry(Now.AddSeconds(1), new Failure(FailureReason.JoinFailed)) as StagedBot : null;
        if (IsCurrent(bot))
        {
            Update(bot.Id, retry is { } again && again.Owner != _node ? null : retry);
        }

        Tell(new Signal.JoinEnded(bot.Id, bot.Fence, retry));
    }

    private void AnswerClosing(AgendaStep step)
    {
        if (Pick(_closing, step) is { } bot)
        {
            _closing.Remove(bot);
            ForgetUnheard(bot);
            if (IsCurrent(bot))
            {
                _live.Remove(bot.Id);
            }

            Tell(new Signal.Closed(bot.Id, bot.Fence));
        }
    }

    private void Change(Bot bot)
    {
        _live.Remove(bot.Id);
        Tell(new Signal.Changed(bot.Id, bot.Fence.Next()));
    }

    private void Tell(Signal signal)
    {
        Agenda.Handle(signal, Now);
        Settle();
    }

    /// <summary>Gives turns at this instant until the agenda is content with it, which is soon.</summary>
    private void Settle()
    {
        for (int turn = 0; turn == 0 || Agenda.NextDeadline <= Now; turn++)
        {
            Assert.True(turn < 5, "turn after turn at one instant");
            Agenda.Advance(Now);
            _commands.ForEach(Judge);
            Seen.AddRange(_commands);
            _commands.Clear();
        }

        Bot[] waiting = [.. _live.Values.Where(bot => !IsInHand(bot))];
        Assert.True(waiting.Length == 0 || Agenda.NextDeadline is not null, "somebody waits for nothing");
        Assert.DoesNotContain(waiting, bot => Now > bot.JoinAt + _options.MisfireGrace);
        Assert.Equal(_live.Count + _goneUnheard.Count, Agenda.Count);
        Assert.Equal(
            _draining && Agenda.Count == 0 && !_claiming && _adopting is null && _staging.Count + _joining.Count + _rearming.Count + _closing.Count == 0,
            Agenda.IsDrained);
    }

    private void Judge(Command command)
    {
        switch (command)
        {
            case Command.Stage stage:
                Assert.True(IsKnown(stage.Bot) && (!_draining || stage.Bot is JoiningBot));
                Assert.DoesNotContain(stage.Bot, _staging);
                Assert.False(IsSuspect(stage.Bot) && _staging.Count + _joining.Count + _rearming.Count > 0, "a suspect is not alone");
                Assert.False(_staging.Exists(IsSuspect), "something is staged beside a suspect");
                _staging.Add(stage.Bot);
                Assert.True(_staging.Count <= _options.MaxConcurrentAllocations);
                break;
            case Command.Join join:
                Assert.True(Now >= join.Bot.JoinAt, "early");
                Assert.True(Now <= join.Bot.JoinAt + _options.MisfireGrace, "missed");
                Assert.True(join.Bot.ArmedUntil is not null && IsKnown(join.Bot));
                Assert.DoesNotContain(_joining, bot => bot.Id == join.Bot.Id && bot.Fence == join.Bot.Fence);
                _joining.Add(join.Bot);
                Assert.True(_joining.Count + _rearming.Count <= _options.MaxConcurrentJoins);
                break;
            case Command.Fail fail:
                bool isPoisoned = fail.Bot.Crashes >= _options.PoisonLimit;
                Assert.True(isPoisoned || Now > fail.Bot.JoinAt + _options.MisfireGrace);
                Assert.Equal(
                    isPoisoned ? FailureReason.Poisoned : fail.Bot.PossiblyStarted ? FailureReason.Unknown : FailureReason.Missed, fail.Failure.Reason);
                _closing.Add(fail.Bot);
                break;
            case Command.HandBack back:
                Assert.True(_draining && back.Bot is not JoiningBot);
                _closing.Add(back.Bot);
                break;
            case Command.Arm arm:
                Assert.Null(_arming);
                _arming = arm;
                break;
            case Command.Claim:
                Assert.False(_claiming || _draining);
                _claiming = true;
                break;
            default:
                JudgeAmongNodes(command);
                break;
        }
    }

    private bool IsCurrent(Bot bot) => _live.TryGetValue(bot.Id, out Bot? current) && current.Fence == bot.Fence;

    private void Update(BotId id, Bot? next)
    {
        _live.Remove(id);
        if (next is not null)
        {
            _live[id] = next;
        }
    }

    private static T? Pick<T>(IReadOnlyCollection<T> choices, AgendaStep step)
        where T : class => choices.Count == 0 ? null : choices.ElementAt(step.Milliseconds % choices.Count);
}
