using ScheduledBots.Measuring;
using ScheduledBots.TestDatabase;

namespace ScheduledBots.Punctuality;

/// <summary>Gives each run an empty database: a file, or one of a server that is started when it is first needed.</summary>
internal sealed class Databases : IAsyncDisposable
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("scheduled-bots-");
    private PostgresServer? _server;

    /// <summary>Lends a database for one run, and deletes it then: a server goes on sweeping what is left in one.</summary>
    public async Task<T> LendAsync<T>(StoreKind store, Func<string, Task<T>> run)
    {
        switch (store)
        {
            case StoreKind.Memory:
                return await run("");
            case StoreKind.Sqlite:
                DirectoryInfo folder = _files.CreateSubdirectory(Path.GetRandomFileName());
                T found = await run($"Data Source={Path.Combine(folder.FullName, "bots.db")}");
                folder.Delete(recursive: true);
                return found;
            default:
                return await OnServerAsync(run);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _files.Delete(recursive: true);
        if (_server is not null)
        {
            await _server.StopAsync();
        }
    }

    private async Task<T> OnServerAsync<T>(Func<string, Task<T>> run)
    {
        if (_server is null)
        {
            _server = BenchServer.New();
            await _server.StartAsync();
        }

        string connection = await _server.CreateDatabaseAsync();
        T found = await run(connection);
        await _server.DropDatabaseAsync(connection);
        return found;
    }
}
