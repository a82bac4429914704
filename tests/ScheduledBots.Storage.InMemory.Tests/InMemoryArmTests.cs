using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.InMemory.Tests;

public sealed class InMemoryArmTests : ArmSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => InMemoryStores.NewAsync();
}
