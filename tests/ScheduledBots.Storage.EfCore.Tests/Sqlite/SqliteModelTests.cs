using ScheduledBots.Testing.Conformance;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

[Collection(SqliteStores.Collection)]
public sealed class SqliteModelTests(SqliteStores stores) : ModelSuite
{
    protected override int FirstSeed => SqliteStores.FirstSeed;

    protected override int HistoryCount => SqliteStores.HistoryCount;

    protected override int HistoriesAtOnce => SqliteStores.HistoriesAtOnce;

    protected override Task<IBotStore> CreateStoreAsync() => Task.FromResult<IBotStore>(stores.NewApart());

    protected override Task ReleaseStoreAsync(IBotStore store)
    {
        ((EfCoreBotStore)store).Dispose();
        return Task.CompletedTask;
    }

    public override Task DisposeAsync() => ReleaseStoreAsync(Store);
}
