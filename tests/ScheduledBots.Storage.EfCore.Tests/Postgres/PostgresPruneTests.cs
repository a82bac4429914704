using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

[Collection(PostgresStores.Collection)]
public sealed class PostgresPruneTests(PostgresStores stores) : PruneSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
