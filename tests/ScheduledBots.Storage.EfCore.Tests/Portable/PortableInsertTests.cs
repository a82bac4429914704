using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Portable;

[Collection(PortableStores.Collection)]
public sealed class PortableInsertTests(PortableStores stores) : InsertSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
