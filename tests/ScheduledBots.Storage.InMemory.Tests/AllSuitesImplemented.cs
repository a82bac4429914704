using ScheduledBots.Storage.Conformance;

namespace ScheduledBots.Storage.InMemory.Tests;

public sealed class AllSuitesImplemented
{
    [Fact]
    public void Every_suite_has_a_heir_here()
    {
        IEnumerable<Type> suites = typeof(StoreSuite).Assembly.GetTypes().Where(type => type.BaseType == typeof(StoreSuite));

        Type?[] heirs = [.. typeof(AllSuitesImplemented).Assembly.GetTypes().Select(type => type.BaseType)];

        Assert.All(suites, suite => Assert.Contains(suite, heirs));
    }
}
