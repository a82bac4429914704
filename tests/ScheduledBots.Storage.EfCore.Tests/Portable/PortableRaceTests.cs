using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Portable;

[Collection(PortableStores.Collection)]
public sealed class PortableRaceTests(PortableStores stores) : RaceSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
