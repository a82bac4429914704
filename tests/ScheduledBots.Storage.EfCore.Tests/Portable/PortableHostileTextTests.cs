namespace ScheduledBots.Storage.EfCore.Tests.Portable;

[Collection(PortableStores.Collection)]
public sealed class PortableHostileTextTests(PortableStores stores) : HostileTextSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
