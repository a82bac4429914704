using Microsoft.EntityFrameworkCore;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

[Collection(SqliteStores.Collection)]
public sealed class SqliteEngineTests(SqliteStores stores) : EngineSuite
{
    protected override int EngineCount => 1;

    protected override Task<Action<DbContextOptionsBuilder>> CreateDatabaseAsync()
    {
        string file = stores.NewFile();
        return Task.FromResult<Action<DbContextOptionsBuilder>>(options => options.UseSqlite($"Data Source={file}"));
    }
}
