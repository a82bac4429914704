using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

[Collection(SqliteStores.Collection)]
public sealed class SqlitePruneTests(SqliteStores stores) : PruneSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
