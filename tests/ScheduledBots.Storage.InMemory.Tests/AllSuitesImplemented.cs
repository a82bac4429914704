using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.InMemory.Tests;

public sealed class AllSuitesImplemented
{
    // Mutant: InMemoryRaceTests made internal, so that the runner passes it over.
    [Fact]
    public void Every_suite_has_an_heir_here() =>
        Assert.Empty(ConformanceSuites.MissingFrom(typeof(AllSuitesImplemented).Assembly.GetTypes()));

    [Fact]
    public void A_project_without_heirs_is_told_every_suite()
    {
        Assert.True(ConformanceSuites.All.Count >= 9, $"only {ConformanceSuites.All.Count} suites were seen");
        Assert.Equal(ConformanceSuites.All, ConformanceSuites.MissingFrom([typeof(InMemoryBotStore), typeof(RaceSuite)]));
    }
}
