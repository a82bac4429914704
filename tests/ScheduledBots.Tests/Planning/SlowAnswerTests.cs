using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Planning;

/// <summary>Answers overtake one another: what a slow one brings may have been found by reading, and be gone again.</summary>
public sealed class SlowAnswerTests
{
    private static readonly DateTimeOffset Start = Examples.Noon;

    private readonly List<Command> _commands = [];
    private readonly Agenda _agenda;
    private readonly ScheduledBot _bot = (ScheduledBot)Bot.FromSnapshot(Examples.Row(BotStatus.Scheduled) with
    {
        JoinAt = Start.AddSeconds(30),
        Fence = new Fence(1),
        LastFailure = null,
    });

    public SlowAnswerTests()
    {
        _agenda = new Agenda(new ScheduledBotsOptions(), isShared: true, Start, _commands);
        Tell(new Signal.Beaten());
        Assert.Single(_commands.OfType<Command.Claim>());
    }

    // Mutant: Plan does not ask WasRemoved.
    [Fact]
    public void A_claim_that_is_answered_after_its_bot_was_found_by_reading_and_dropped_plans_it_no_second_time()
    {
        Find(_bot);
        Tell(new Signal.Changed(_bot.Id, _bot.Fence.Next()));

        Tell(new Signal.Loaded([_bot], 1_000, DateTimeOffset.MaxValue));

        Assert.Single(_commands.OfType<Command.Stage>());
        Assert.Single(_commands.OfType<Command.GiveUpStaging>());
        Assert.Equal(0, _agenda.Count);
    }

    // Mutant: WasRemoved does not compare the fences.
    [Fact]
    public void Under_a_larger_fence_it_is_another_claim_and_another_plan()
    {
        Find(_bot);
        Tell(new Signal.Changed(_bot.Id, _bot.Fence.Next()));

        Tell(new Signal.Loaded([_bot.ClaimedBy(_bot.Owner!.Value)], 1_000, DateTimeOffset.MaxValue));

        Assert.Equal([1, 2], _commands.OfType<Command.Stage>().Select(stage => stage.Bot.Fence.Value));
    }

    // Mutant: Recover does not ask IsLost.
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void What_nobody_works_for_is_taken_back_only_by_the_incarnation_that_owns_it(bool isLost, int count)
    {
        StagedBot armed = _bot.Stage(new ResourceHandle("vm", true)).Arm(Start.AddSeconds(-60));
        if (isLost)
        {
            Tell(new Signal.NodeLost(_bot.Owner!.Value));
        }

        Find(armed);

        Assert.Equal(count, _commands.OfType<Command.Reclaim>().Count());
    }

    /// <summary>A reading finds the bot.</summary>
    private void Find(Bot bot)
    {
        Tell(new Signal.Marked(bot.Owner!.Value, [BotMark.Of(bot.ToSnapshot())]));
        Tell(new Signal.ReadBack([bot], IsLast: true));
    }

    private void Tell(Signal signal)
    {
        _agenda.Handle(signal, Start);
        _agenda.Advance(Start);
    }
}
