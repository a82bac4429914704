using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

[Collection(PostgresStores.Collection)]
public sealed class PostgresArmTests(PostgresStores stores) : ArmSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
