using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

[Collection(PostgresStores.Collection)]
public sealed class PostgresModelTests(PostgresStores stores) : ModelSuite
{
    protected override int FirstSeed => PostgresStores.FirstSeed;

    protected override int HistoryCount => PostgresStores.HistoryCount;

    protected override int HistoriesAtOnce => 4;

    protected override Task<IBotStore> CreateStoreAsync() => Task.FromResult<IBotStore>(stores.NewApart());

    protected override Task ReleaseStoreAsync(IBotStore store)
    {
        ((EfCoreBotStore)store).Dispose();
        return Task.CompletedTask;
    }

    public override Task DisposeAsync() => ReleaseStoreAsync(Store);
}
