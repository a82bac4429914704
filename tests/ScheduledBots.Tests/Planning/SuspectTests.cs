using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Planning;

/// <summary>What the agenda does with bots that owners died of; the laws of the agenda hold them to being alone.</summary>
public sealed class SuspectTests
{
    private static readonly DateTimeOffset Start = Examples.Noon;

    private readonly List<Command> _commands = [];
    private readonly Agenda _agenda;

    public SuspectTests()
    {
        _agenda = new Agenda(new ScheduledBotsOptions(), isShared: true, Start, _commands);
        _agenda.Handle(new Signal.Beaten(), Start);
        _agenda.Advance(Start);
    }

    [Fact]
    public void At_the_limit_a_bot_fails_as_poisoned()
    {
        Adopt(Bot(1, crashes: 3));

        Assert.Equal(FailureReason.Poisoned, Assert.Single(_commands.OfType<Command.Fail>()).Failure.Reason);
        Assert.Empty(_commands.OfType<Command.Stage>());
    }

    // Mutant: StageSuspect does not ask IsQuiet. Mutant: FillStagingSlots does not look at the suspects.
    [Fact]
    public void One_short_of_it_a_bot_is_staged_alone_and_lets_the_others_go_on_after()
    {
        ScheduledBot other = Bot(1, crashes: 1), suspect = Bot(2, crashes: 2), later = Bot(3, crashes: 0);
        Adopt(other);
        Adopt(suspect);
        Assert.Equal(other.Id, Assert.Single(_commands.OfType<Command.Stage>()).Bot.Id);

        End(other);
        Adopt(later);
        Assert.Equal([other.Id, suspect.Id], Staged());

        End(suspect);
        Assert.Equal([other.Id, suspect.Id, later.Id], Staged());
    }

    private void Adopt(params Bot[] bots)
    {
        _agenda.Handle(new Signal.Adopted(bots, 1_000), Start);
        _agenda.Advance(Start);
    }

    private void End(ScheduledBot bot)
    {
        _agenda.Handle(new Signal.StagingEnded(bot.Id, bot.Fence, bot.Stage(new ResourceHandle("vm", false))), Start);
        _agenda.Advance(Start);
    }

    private IEnumerable<BotId> Staged() => _commands.OfType<Command.Stage>().Select(stage => stage.Bot.Id);

    private static ScheduledBot Bot(int number, int crashes) => (ScheduledBot)ScheduledBots.Lifecycle.Bot.FromSnapshot(
        Examples.Row(BotStatus.Scheduled) with
        {
            Id = new BotId(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
            JoinAt = Start.AddMinutes(1),
            Crashes = crashes,
            LastFailure = null,
        });
}
