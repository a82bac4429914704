using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

[Collection(PostgresStores.Collection)]
public sealed class PostgresNodeTests(PostgresStores stores) : NodeSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
