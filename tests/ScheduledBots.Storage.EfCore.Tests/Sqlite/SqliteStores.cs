using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

/// <summary>Stores in one file: schedulers share the tables, so an empty store is a name that nobody has used.</summary>
public sealed class SqliteStores : IAsyncLifetime
{
    public const string Collection = "SQLite";

    /// <summary>A window of seeds that meets everything that is interesting; a database takes its time for each history.</summary>
    public const int FirstSeed = 1;
    public const int HistoryCount = 200;
    public const int HistoriesAtOnce = 4;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scheduled-bots-");
    private readonly List<IDisposable> _stores = [];
    private int _count;

    public Task<IBotStore> NewAsync()
    {
        EfCoreBotStore store = NewStore(Path.Combine(_folder.FullName, "shared.db"), $"scheduler {Interlocked.Increment(ref _count)}");
        _stores.Add(store);
        return Task.FromResult<IBotStore>(store);
    }

    /// <summary>An empty store in one of a few files, so that writers need not wait for each other; whoever asks disposes it.</summary>
    internal EfCoreBotStore NewApart()
    {
        int number = Interlocked.Increment(ref _count);
        return NewStore(Path.Combine(_folder.FullName, $"apart{number % HistoriesAtOnce}.db"), $"scheduler {number}");
    }

    /// <summary>Names a file that does not exist yet.</summary>
    public string NewFile() => Path.Combine(_folder.FullName, Path.GetRandomFileName());

    internal static EfCoreBotStore NewStore(string file, string scheduler, params IInterceptor[] interceptors) => new(
        EfCoreScheduledBotsBuilderExtensions.OwnContexts(null, options => options.UseSqlite($"Data Source={file}").AddInterceptors([new Unsynchronized(), .. interceptors]), null), scheduler, TimeProvider.System);

    public Task InitializeAsync() => WarmUp.OfAsync(NewApart);

    public Task DisposeAsync()
    {
        _stores.ForEach(store => store.Dispose());
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
