using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Portable;

[Collection(PortableStores.Collection)]
public sealed class PortableArmTests(PortableStores stores) : ArmSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
