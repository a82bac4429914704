using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

[Collection(SqliteStores.Collection)]
public sealed class SqliteInsertTests(SqliteStores stores) : InsertSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
