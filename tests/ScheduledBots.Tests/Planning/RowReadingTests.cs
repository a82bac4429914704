using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Planning;

/// <summary>What a reading of the rows asks for and what it makes of them; that no bot is lost by it is for the laws of the agenda.</summary>
public sealed class RowReadingTests
{
    private static readonly DateTimeOffset Start = Examples.Noon;
    private static readonly NodeId Node = new(new Guid("01890000-0000-7000-8000-0000000000aa"));

    private readonly ScheduledBotsOptions _options = new();
    private readonly List<Command> _commands = [];
    private readonly Agenda _agenda;
    private DateTimeOffset _now = Start;

    public RowReadingTests()
    {
        _agenda = new Agenda(_options, isShared: true, Start, _commands);
        Tell(new Signal.Beaten());
    }

    // Mutant: OnMarked asks for every row.
    [Fact]
    public void Rows_that_are_as_they_are_known_are_not_read()
    {
        ScheduledBot[] bots = [NewBot(1), NewBot(2), NewBot(3)];
        Load(bots);

        Read(bots);

        Assert.Empty(_commands.OfType<Command.ReadBack>());
        Assert.Equal(3, _agenda.Count);
    }

    // Mutants: OnMarked does not compare the fences; it asks for no row that is not planned.
    [Fact]
    public void Rows_that_are_not_planned_or_were_fenced_are_read_whole_and_planned()
    {
        ScheduledBot known = NewBot(1), fenced = NewBot(2), unknown = NewBot(3);
        ScheduledBot ahead = fenced.ClaimedBy(Node);
        Load(known, fenced);

        Read(known, ahead, unknown);
        Command.ReadBack readBack = Assert.Single(_commands.OfType<Command.ReadBack>());
        Tell(new Signal.ReadBack([ahead, unknown], IsLast: true));

        Assert.Equal([ahead.Id, unknown.Id], readBack.Ids);
        Assert.Equal([Node], readBack.Owners);
        Assert.Equal(3, _agenda.Count);
        Assert.Equal(2, _commands.OfType<Command.Stage>().Last(stage => stage.Bot.Id == fenced.Id).Bot.Fence.Value);
    }

    // Mutant: OnMarked asks for rows of a lost incarnation.
    [Fact]
    public void Rows_of_an_earlier_incarnation_are_left_to_whoever_adopts_them()
    {
        Tell(new Signal.NodeLost(Node));

        Read(NewBot(1));

        Assert.Empty(_commands.OfType<Command.ReadBack>());
    }

    // Mutant: OnMarked asks for what may be running.
    [Theory]
    [InlineData(-10, 0)]
    [InlineData(-16, 1)]
    public void What_is_armed_and_not_planned_is_left_until_its_window_and_the_hold_are_over(int armedUntil, int count)
    {
        StagedBot armed = NewBot(1).Stage(new ResourceHandle("vm", true)).Arm(Start.AddSeconds(armedUntil));

        Read(armed);

        Assert.Equal(count, _commands.OfType<Command.ReadBack>().Count());
    }

    // Mutant: a row that a reading met counts as met in every later one.
    [Fact]
    public void What_a_reading_does_not_meet_is_dropped_whatever_an_earlier_one_met()
    {
        ScheduledBot stays = NewBot(1), goes = NewBot(2);
        Load(stays, goes);
        Read(stays, goes);
        Assert.Equal(2, _agenda.Count);

        Pass(_options.ReconcileInterval);
        Read(stays);

        Assert.Equal(1, _agenda.Count);
        Assert.Equal(goes.Id, Assert.Single(_commands.OfType<Command.GiveUpStaging>()).Id);
    }

    // Mutant: a reading has the number of the one that failed.
    [Fact]
    public void What_a_reading_met_that_failed_is_not_met_by_the_next_one()
    {
        ScheduledBot stays = NewBot(1), goes = NewBot(2);
        Load(stays, goes);
        Begin();
        Tell(Marks(stays, goes));
        Tell(new Signal.ReconcileFailed());

        Pass(_options.ClaimInterval);
        Read(stays);

        Assert.Equal(1, _agenda.Count);
    }

    // Mutant: OnReconciled does not compare the numbers.
    [Fact]
    public void What_joined_the_plan_since_the_request_is_not_judged()
    {
        Command.Reconcile reading = Begin();
        Load(NewBot(1));

        Tell(new Signal.Reconciled(reading.Number, [Node]));

        Assert.Equal(1, _agenda.Count);
    }

    // Mutant: a reading that still waits for whole rows counts as ended.
    [Fact]
    public void No_reading_begins_before_the_last_whole_rows_of_the_one_before()
    {
        ScheduledBot[] bots = [NewBot(1), NewBot(2)];
        Read(bots);
        Tell(new Signal.ReadBack([bots[0]], IsLast: false));

        Pass(2 * _options.ReconcileInterval);
        Tell(new Signal.Beaten());
        Assert.Single(_commands.OfType<Command.Reconcile>());

        Tell(new Signal.ReadBack([bots[1]], IsLast: true));
        Pass(_options.ReconcileInterval);
        Assert.Equal(2, _commands.OfType<Command.Reconcile>().Count());
    }

    // Mutants: SuspectRows asks at once every time; it asks at once never.
    [Fact]
    public void An_outage_is_no_reason_to_read_more_often_than_once_in_a_pause_and_one_lost_answer_is_one_to_read_at_once()
    {
        ScheduledBot bot = NewBot(1);
        StagedBot staged = bot.Stage(new ResourceHandle("vm", true));
        Load(bot);
        Tell(new Signal.StagingEnded(bot.Id, bot.Fence, staged));
        Pass(bot.JoinAt - _options.ArmLead - _now);
        Read(staged);
        Assert.Single(_commands.OfType<Command.Reconcile>());
        Tell(new Signal.ArmingFailed());
        Assert.Equal(2, _commands.OfType<Command.Reconcile>().Count());
        Tell(new Signal.ReconcileFailed());

        for (int i = 0; i < 12; i++)
        {
            Pass(Agenda.ArmInterval);
            Tell(new Signal.ArmingFailed());
            Tell(new Signal.ReconcileFailed());
        }

        Assert.Equal(13, _commands.OfType<Command.Arm>().Count());
        Assert.Equal(5, _commands.OfType<Command.Reconcile>().Count());
    }

    // Mutant: MoveTo leaves the pause where it was.
    [Fact]
    public void A_clock_that_goes_back_does_not_lengthen_the_pause()
    {
        Tell(new Signal.ClaimFailed());
        Tell(new Signal.ReconcileFailed());
        Tell(new Signal.ClaimFailed());

        Pass(TimeSpan.FromHours(-1));
        Tell(new Signal.ClaimFailed());
        Pass(_options.ClaimInterval);

        Assert.Equal(2, _commands.OfType<Command.Reconcile>().Count());
    }

    private static ScheduledBot NewBot(int number) => (ScheduledBot)Bot.FromSnapshot(Examples.Row(BotStatus.Scheduled) with
    {
        Id = new BotId(new Guid(number, 1, 0x7000, 0x80, 1, 2, 3, 4, 5, 6, 7)),
        JoinAt = Start.AddSeconds(60),
        Fence = new Fence(1),
        Owner = Node,
        LastFailure = null,
        NotBefore = null,
        Crashes = 0,
        PossiblyStarted = false,
        Attempt = 0,
    });

    private void Load(params Bot[] bots) => Tell(new Signal.Loaded(bots, 1_000, DateTimeOffset.MaxValue));

    /// <summary>A reading that finds these rows and no others.</summary>
    private void Read(params Bot[] rows)
    {
        Command.Reconcile reading = Begin();
        Tell(Marks(rows));
        Tell(new Signal.Reconciled(reading.Number, [Node]));
    }

    /// <summary>The reading that was asked for last; where none was, time passes until one is.</summary>
    private Command.Reconcile Begin()
    {
        if (!_commands.OfType<Command.Reconcile>().Any())
        {
            Pass(_options.ReconcileInterval);
        }

        return _commands.OfType<Command.Reconcile>().Last();
    }

    private static Signal.Marked Marks(params Bot[] rows) => new(Node, [.. rows.Select(row => BotMark.Of(row.ToSnapshot()))]);

    private void Pass(TimeSpan span)
    {
        _now += span;
        _agenda.Advance(_now);
    }

    private void Tell(Signal signal)
    {
        _agenda.Handle(signal, _now);
        _agenda.Advance(_now);
    }
}
