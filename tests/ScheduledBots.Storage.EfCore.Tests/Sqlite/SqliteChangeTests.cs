using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

[Collection(SqliteStores.Collection)]
public sealed class SqliteChangeTests(SqliteStores stores) : ChangeSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
