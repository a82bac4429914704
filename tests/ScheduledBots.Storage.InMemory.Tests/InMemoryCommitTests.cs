using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.InMemory.Tests;

public sealed class InMemoryCommitTests : CommitSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => InMemoryStores.NewAsync();
}
