using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

[Collection(SqliteStores.Collection)]
public sealed class SqliteCommitTests(SqliteStores stores) : CommitSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
