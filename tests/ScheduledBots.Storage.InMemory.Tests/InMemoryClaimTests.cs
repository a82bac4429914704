using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.InMemory.Tests;

public sealed class InMemoryClaimTests : ClaimSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => InMemoryStores.NewAsync();
}
