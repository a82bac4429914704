using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ScheduledBots.Storage.EfCore.Tests.Portable;

/// <summary>The form for providers that nobody knows, forced upon SQLite: many engines, every row by compare-and-set.</summary>
public sealed class PortableStores : IDisposable
{
    public const string Collection = "portable";

    /// <summary>A window of seeds that meets everything that is interesting; a database takes its time for each history.</summary>
    public const int FirstSeed = 247;
    public const int HistoryCount = 200;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scheduled-bots-");
    private int _count;

    public Task<IBotStore> NewAsync()
    {
        string scheduler = $"scheduler {Interlocked.Increment(ref _count)}";
        return Task.FromResult<IBotStore>(new EfCoreBotStore(
            EfCoreScheduledBotsBuilderExtensions.OwnContexts(null, options => options.UseSqlite($"Data Source={_folder.FullName}/shared.db").AddInterceptors(new Unsynchronized()), null),
            scheduler,
            TimeProvider.System,
            _ => new QueuedVerbs(scheduler)));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
