using ScheduledBots.Simulation.Plans;
using ScheduledBots.Simulation.Running;

namespace ScheduledBots.Simulation.Tests;

public class CutTests
{
    [Fact]
    public void A_cut_plan_is_the_same_plan_with_less_in_it()
    {
        Plan whole = new PlanMaker(11, machineCount: 3, botCount: 20).Make();

        Plan cut = new Cut([3, 7], []).Apply(whole);

        Assert.Equal([whole.Bots[3].Id, whole.Bots[7].Id], cut.Bots.Select(bot => bot.Id));
        Assert.Empty(cut.Faults);
        Assert.Equal(whole.Machines, cut.Machines);
    }

    [Fact]
    public void The_replay_command_is_understood()
    {
        var arguments = new Arguments { BotCount = 20, NodeCount = 3 };
        string[] words = arguments.ToReplay(11, new Cut([3, 7], [])).Split(' ')[2..];

        Arguments parsed = Arguments.Parse(words);

        Assert.Equal((11, 20, 3), (parsed.Seed, parsed.BotCount, parsed.NodeCount));
        Assert.Equal([3, 7], parsed.Cut.Bots);
        Assert.Empty(parsed.Cut.Faults!);
    }
}
