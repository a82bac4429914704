using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Portable;

[Collection(PortableStores.Collection)]
public sealed class PortableClaimTests(PortableStores stores) : ClaimSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
