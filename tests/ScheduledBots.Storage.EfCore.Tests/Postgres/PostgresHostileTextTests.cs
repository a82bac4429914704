namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

[Collection(PostgresStores.Collection)]
public sealed class PostgresHostileTextTests(PostgresStores stores) : HostileTextSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
