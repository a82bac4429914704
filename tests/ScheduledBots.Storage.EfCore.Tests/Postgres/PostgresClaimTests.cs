using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

[Collection(PostgresStores.Collection)]
public sealed class PostgresClaimTests(PostgresStores stores) : ClaimSuite
{
    protected override Task<IBotStore> CreateStoreAsync() => stores.NewAsync();
}
