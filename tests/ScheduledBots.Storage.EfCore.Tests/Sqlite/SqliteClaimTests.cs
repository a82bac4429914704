using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

[Collection(SqliteStores.Collection)]
public sealed class SqliteClaimTests(SqliteStores stores) : ClaimSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
