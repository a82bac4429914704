using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

[Collection(PostgresStores.Collection)]
public sealed class PostgresListTests(PostgresStores stores) : ListSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
