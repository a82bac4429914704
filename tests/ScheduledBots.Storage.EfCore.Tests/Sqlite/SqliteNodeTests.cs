using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

[Collection(SqliteStores.Collection)]
public sealed class SqliteNodeTests(SqliteStores stores) : NodeSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
