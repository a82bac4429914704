using ScheduledBots.Simulation.Running;

namespace ScheduledBots.Simulation.Tests;

public class ArgumentsTests
{
    [Fact]
    public void The_mutants_are_all_meant_where_none_is_named()
    {
        Assert.Equal((true, null), (Arguments.Parse(["--mutants"]).Mutates, Arguments.Parse(["--mutants"]).Only));
        Assert.Equal("hold", Arguments.Parse(["--mutants", "hold"]).Only);
        Assert.Equal((true, 100), (Arguments.Parse(["--mutants", "--seeds", "100"]).Mutates, Arguments.Parse(["--mutants", "--seeds", "100"]).SeedCount));
        Assert.True(Arguments.Parse(["--exhaustive"]).IsExhaustive);
    }

    [Theory]
    [InlineData("--seeds")]
    [InlineData("--seeds", "--first")]
    [InlineData("--seeds", "many")]
    [InlineData("--sedes", "3")]
    public void What_is_not_understood_is_refused(params string[] words) => Assert.Throws<ArgumentException>(() => Arguments.Parse(words));
}
