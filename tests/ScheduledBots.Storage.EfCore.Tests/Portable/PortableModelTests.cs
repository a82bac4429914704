using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Portable;

[Collection(PortableStores.Collection)]
public sealed class PortableModelTests(PortableStores stores) : ModelSuite
{
    protected override int FirstSeed => PortableStores.FirstSeed;

    protected override int HistoryCount => PortableStores.HistoryCount;

    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
