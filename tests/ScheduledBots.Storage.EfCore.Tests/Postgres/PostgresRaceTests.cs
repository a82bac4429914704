using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

[Collection(PostgresStores.Collection)]
public sealed class PostgresRaceTests(PostgresStores stores) : RaceSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
