using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

[Collection(PostgresStores.Collection)]
public sealed class PostgresChangeTests(PostgresStores stores) : ChangeSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
