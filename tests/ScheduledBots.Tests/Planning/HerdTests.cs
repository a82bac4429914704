using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Planning;

/// <summary>Many bots that share an instant: the first ones are handed over while the last ones are being decided.</summary>
public sealed class HerdTests
{
    private const int Size = 1_000;
    private static readonly DateTimeOffset Start = Examples.Noon;
    private static readonly DateTimeOffset JoinAt = Start.AddSeconds(20);

    private readonly List<Command> _commands = [];
    private readonly List<IReadOnlyList<Command>> _handedOver = [];

    // Mutant: Advance never calls handOver; it calls it once, after the last bot.
    [Fact]
    public void Commands_are_handed_over_while_others_are_decided()
    {
        Agenda agenda = HerdInWaiting(new ScheduledBotsOptions { MaxConcurrentAllocations = Size });

        agenda.Advance(JoinAt, HandOver);
        HandOver();

        Assert.All(_handedOver.SkipLast(1), slice => Assert.Equal(Agenda.MaxCommandsHeld, slice.Count));
        Assert.Equal(Size, Joins.Select(join => join.Bot.Id).Distinct().Count());
        Assert.Equal(Size, Joins.Count());
    }

    // Mutant: TryStartAtOnce does not count the slots; it does not look whether others queue.
    [Fact]
    public void Who_needs_no_queue_takes_a_slot_all_the_same()
    {
        Agenda agenda = HerdInWaiting(new ScheduledBotsOptions { MaxConcurrentAllocations = Size, MaxConcurrentJoins = 10 });

        agenda.Advance(JoinAt);
        Command.Join[] first = [.. _commands.OfType<Command.Join>()];
        _commands.Clear();
        Assert.Equal(10, first.Length);
        agenda.Handle(new Signal.JoinEnded(first[0].Bot.Id, first[0].Bot.Fence, null), JoinAt);
        agenda.Advance(JoinAt);

        Assert.Single(_commands.OfType<Command.Join>());
    }

    // Mutant: OnRearmed does not compare JoinAt.
    [Fact]
    public void A_bot_that_is_armed_again_while_the_clock_goes_back_waits_for_its_instant()
    {
        Agenda agenda = HerdInWaiting(new ScheduledBotsOptions { MaxConcurrentAllocations = Size, MaxConcurrentJoins = 10 }, isShared: true);
        agenda.Advance(JoinAt);
        Command.Join ended = _commands.OfType<Command.Join>().First();
        foreach (Command.Disarm disarm in _commands.OfType<Command.Disarm>().ToArray())
        {
            agenda.Handle(new Signal.Disarmed(disarm.Bot.Id, disarm.Bot.Fence, disarm.Bot.Disarm(disarm.NotBefore)), JoinAt);
        }

        agenda.Handle(new Signal.JoinEnded(ended.Bot.Id, ended.Bot.Fence, null), JoinAt);
        _commands.Clear();
        agenda.Advance(JoinAt);
        Command.Rearm rearm = Assert.Single(_commands.OfType<Command.Rearm>());
        _commands.Clear();

        agenda.Handle(new Signal.Rearmed(rearm.Bot.Id, rearm.Bot.Fence, rearm.Bot.Arm(JoinAt.AddSeconds(5))), JoinAt.AddSeconds(-1));
        agenda.Advance(JoinAt.AddSeconds(-1));
        Assert.Empty(_commands.OfType<Command.Join>());
    }

    private IEnumerable<Command.Join> Joins => _handedOver.SelectMany(slice => slice).OfType<Command.Join>();

    private void HandOver()
    {
        _handedOver.Add([.. _commands]);
        _commands.Clear();
    }

    /// <summary>An agenda whose bots are staged and armed.</summary>
    private Agenda HerdInWaiting(ScheduledBotsOptions options, bool isShared = false)
    {
        var agenda = new Agenda(options, isShared, Start, _commands);
        ScheduledBot[] bots = [.. Enumerable.Range(0, Size).Select(_ => Claimed())];
        agenda.Handle(new Signal.Loaded(bots, Size, DateTimeOffset.MaxValue), Start);
        agenda.Advance(Start);
        foreach (ScheduledBot bot in bots)
        {
            agenda.Handle(new Signal.StagingEnded(bot.Id, bot.Fence, bot.Stage(new ResourceHandle("vm", false)).Arm(Start.AddMinutes(20))), Start);
        }

        agenda.Advance(Start);
        _commands.Clear();
        return agenda;
    }

    private static ScheduledBot Claimed() => (ScheduledBot)Bot.FromSnapshot(Examples.Row(BotStatus.Scheduled) with
    {
        Id = BotId.New(Start),
        JoinAt = JoinAt,
        Fence = new Fence(1),
        LastFailure = null,
        NotBefore = null,
        Attempt = 0,
        PossiblyStarted = false,
    });
}
