using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.InMemory.Tests;

public sealed class InMemoryListTests : ListSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => InMemoryStores.NewAsync();
}
