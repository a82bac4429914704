using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

[Collection(PostgresStores.Collection)]
public sealed class PostgresCommitTests(PostgresStores stores) : CommitSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
