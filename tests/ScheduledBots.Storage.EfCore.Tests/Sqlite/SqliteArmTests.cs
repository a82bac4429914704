using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

[Collection(SqliteStores.Collection)]
public sealed class SqliteArmTests(SqliteStores stores) : ArmSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
