using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

[Collection(SqliteStores.Collection)]
public sealed class SqliteRaceTests(SqliteStores stores) : RaceSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
