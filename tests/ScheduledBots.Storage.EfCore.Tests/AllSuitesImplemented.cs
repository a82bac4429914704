using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests;

public sealed class AllSuitesImplemented
{
    [Theory]
    [InlineData("Postgres")]
    [InlineData("Sqlite")]
    [InlineData("Portable")]
    public void Every_suite_has_an_heir_for_every_form(string form) =>
        Assert.Empty(ConformanceSuites.MissingFrom(typeof(AllSuitesImplemented).Assembly.GetTypes()
            .Where(type => type.Namespace == $"{typeof(AllSuitesImplemented).Namespace}.{form}")));
}
