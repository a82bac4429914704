namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

[Collection(SqliteStores.Collection)]
public sealed class SqliteHostileTextTests(SqliteStores stores) : HostileTextSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
