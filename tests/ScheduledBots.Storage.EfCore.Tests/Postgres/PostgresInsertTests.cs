using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

[Collection(PostgresStores.Collection)]
public sealed class PostgresInsertTests(PostgresStores stores) : InsertSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
