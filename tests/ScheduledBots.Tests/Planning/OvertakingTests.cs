using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Planning;

/// <summary>An arming statement reaches every staged row of the store, also one whose own signal is still on its way.</summary>
public sealed class OvertakingTests
{
    private static readonly DateTimeOffset Start = Examples.Noon;

    private readonly List<Command> _commands = [];
    private readonly Agenda _agenda;
    private readonly ScheduledBot _bot = (ScheduledBot)Bot.FromSnapshot(Examples.Row(BotStatus.Scheduled) with
    {
        JoinAt = Start.AddSeconds(20),
        Fence = new Fence(1),
        LastFailure = null,
        NotBefore = null,
        Attempt = 0,
        PossiblyStarted = false,
    });

    public OvertakingTests()
    {
        _agenda = new Agenda(new ScheduledBotsOptions(), isShared: false, Start, _commands);
        _agenda.Advance(Start);
        _agenda.Handle(new Signal.Loaded([_bot], 1_000, DateTimeOffset.MaxValue), Start);
        _agenda.Advance(Start);
        Assert.Single(_commands.OfType<Command.Stage>());
    }

    // Mutant: OnArmed passes over a bot in the phase Staging.
    [Fact]
    public void A_bot_that_is_armed_before_it_is_known_to_be_staged_joins()
    {
        StagedBot staged = _bot.Stage(new ResourceHandle("vm", false));

        _agenda.Handle(new Signal.Armed([staged.Arm(Start.AddMinutes(20))]), Start);
        _agenda.Handle(new Signal.StagingEnded(_bot.Id, _bot.Fence, staged), Start);
        _agenda.Advance(_bot.JoinAt);

        Assert.Equal(1, Assert.Single(_commands.OfType<Command.Join>()).Bot.Attempt);
    }

    // Mutant: OnArmed passes over a bot in the phase Joining.
    [Fact]
    public void A_bot_that_is_armed_again_before_its_retry_is_known_joins_again()
    {
        StagedBot armed = _bot.Stage(new ResourceHandle("vm", false)).Arm(Start.AddMinutes(20));
        _agenda.Handle(new Signal.StagingEnded(_bot.Id, _bot.Fence, armed), Start);
        _agenda.Advance(_bot.JoinAt);
        StagedBot retry = armed.Join(_bot.JoinAt).Retry(_bot.JoinAt, new Failure(FailureReason.JoinFailed));

        _agenda.Handle(new Signal.Armed([armed]), _bot.JoinAt); // an older answer, read back
        _agenda.Handle(new Signal.Armed([retry.Arm(Start.AddMinutes(20))]), _bot.JoinAt);
        _agenda.Handle(new Signal.JoinEnded(_bot.Id, _bot.Fence, retry), _bot.JoinAt);
        _agenda.Advance(_bot.JoinAt);

        Assert.Equal([1, 2], _commands.OfType<Command.Join>().Select(join => join.Bot.Attempt));
    }

    // Mutant: OnStaged does not compare the attempts.
    [Fact]
    public void An_older_answer_arms_nothing()
    {
        StagedBot armed = _bot.Stage(new ResourceHandle("vm", false)).Arm(Start.AddMinutes(20));
        _agenda.Handle(new Signal.StagingEnded(_bot.Id, _bot.Fence, armed), Start);
        _agenda.Advance(_bot.JoinAt);
        StagedBot retry = armed.Join(_bot.JoinAt).Retry(_bot.JoinAt, new Failure(FailureReason.JoinFailed));

        _agenda.Handle(new Signal.Armed([armed]), _bot.JoinAt);
        _agenda.Handle(new Signal.JoinEnded(_bot.Id, _bot.Fence, retry), _bot.JoinAt);
        _agenda.Advance(_bot.JoinAt);

        Assert.Single(_commands.OfType<Command.Join>());
        Assert.Single(_commands.OfType<Command.Arm>());
    }

    // Mutant: OnArmed does not compare the attempts; IsArmedUnheard does not.
    [Fact]
    public void Neither_an_older_answer_nor_an_older_row_makes_an_attempt_twice()
    {
        StagedBot armed = _bot.Stage(new ResourceHandle("vm", false)).Arm(Start.AddMinutes(20));
        _agenda.Handle(new Signal.StagingEnded(_bot.Id, _bot.Fence, armed), Start);
        _agenda.Advance(_bot.JoinAt);
        StagedBot retry = armed.Join(_bot.JoinAt).Retry(_bot.JoinAt, new Failure(FailureReason.JoinFailed));
        _agenda.Handle(new Signal.JoinEnded(_bot.Id, _bot.Fence, retry), _bot.JoinAt);
        _agenda.Advance(_bot.JoinAt);

        _agenda.Handle(new Signal.Armed([armed]), _bot.JoinAt);
        _agenda.Handle(new Signal.Marked(_bot.Owner!.Value, [BotMark.Of(armed.ToSnapshot())]), _bot.JoinAt);
        _agenda.Handle(new Signal.ReadBack([armed], IsLast: true), _bot.JoinAt);
        _agenda.Advance(_bot.JoinAt);

        Assert.Single(_commands.OfType<Command.Join>());
    }
}
