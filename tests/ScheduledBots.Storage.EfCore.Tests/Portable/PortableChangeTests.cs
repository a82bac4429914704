using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Portable;

[Collection(PortableStores.Collection)]
public sealed class PortableChangeTests(PortableStores stores) : ChangeSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
