using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Portable;

[Collection(PortableStores.Collection)]
public sealed class PortableCommitTests(PortableStores stores) : CommitSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
