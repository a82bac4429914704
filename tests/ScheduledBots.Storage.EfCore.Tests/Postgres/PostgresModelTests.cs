using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

[Collection(PostgresStores.Collection)]
public sealed class PostgresModelTests(PostgresStores stores) : ModelSuite
{
    protected override int FirstSeed => PostgresStores.FirstSeed;

    protected override int HistoryCount => PostgresStores.HistoryCount;

    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
