using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.InMemory.Tests;

public sealed class InMemoryPruneTests : PruneSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => InMemoryStores.NewAsync();
}
