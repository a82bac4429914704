using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Portable;

[Collection(PortableStores.Collection)]
public sealed class PortableListTests(PortableStores stores) : ListSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
