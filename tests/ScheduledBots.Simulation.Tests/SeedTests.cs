using ScheduledBots.Simulation.Checking;
using ScheduledBots.Simulation.Running;

namespace ScheduledBots.Simulation.Tests;

/// <summary>A few seeds with every test run; ./build.sh sim runs thousands.</summary>
public class SeedTests
{
    [Fact]
    public void Nothing_that_is_promised_is_broken_in_twenty_seeds()
    {
        using var output = new StringWriter();

        bool holds = new Campaign(new Arguments { SeedCount = 20 }, output).Run();

        Assert.True(holds, output.ToString());
    }

    [Fact]
    public void Every_promise_has_a_name_of_its_own_and_a_sentence()
    {
        Assert.Equal(Checkers.All.Count, Checkers.All.Select(checker => checker.Name).Distinct().Count());
        Assert.All(Checkers.All, checker => Assert.EndsWith(".", checker.Sentence, StringComparison.Ordinal));
    }
}
