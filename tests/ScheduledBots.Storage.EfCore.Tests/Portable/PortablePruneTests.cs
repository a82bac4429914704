using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Portable;

[Collection(PortableStores.Collection)]
public sealed class PortablePruneTests(PortableStores stores) : PruneSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
