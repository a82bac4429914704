using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Portable;

[Collection(PortableStores.Collection)]
public sealed class PortableNodeTests(PortableStores stores) : NodeSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
