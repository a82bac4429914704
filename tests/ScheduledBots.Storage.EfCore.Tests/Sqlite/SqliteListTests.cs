using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

[Collection(SqliteStores.Collection)]
public sealed class SqliteListTests(SqliteStores stores) : ListSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
