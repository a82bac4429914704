using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

[Collection(SqliteStores.Collection)]
public sealed class SqliteModelTests(SqliteStores stores) : ModelSuite
{
    protected override int FirstSeed => SqliteStores.FirstSeed;

    protected override int HistoryCount => SqliteStores.HistoryCount;

    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
