using Microsoft.EntityFrameworkCore;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

[Collection(PostgresStores.Collection)]
public sealed class PostgresEngineTests(PostgresStores stores) : EngineSuite
{
    protected override int EngineCount => 2;

    protected override async Task<Action<DbContextOptionsBuilder>> CreateDatabaseAsync()
    {
        string connectionString = await stores.NewDatabaseAsync();
        return options => options.UseNpgsql(connectionString);
    }
}
