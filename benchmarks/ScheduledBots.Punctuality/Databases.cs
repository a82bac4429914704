using ScheduledBots.Punctuality.Running;
using ScheduledBots.TestDatabase;

namespace ScheduledBots.Punctuality;

/// <summary>Gives each run an empty database: a file, or one of a server that is started when it is first needed and waits for its disk.</summary>
internal sealed class Databases : IAsyncDisposable
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("scheduled-bots-");
    private PostgresServer? _server;
    private int _count;

    public async Task<string> CreateAsync(StoreKind store)
    {
        if (store != StoreKind.Postgres)
        {
            return store == StoreKind.Sqlite ? $"Data Source={Path.Combine(_files.FullName, $"{_count++}.db")}" : "";
        }

        if (_server is null)
        {
            _server = new PostgresServer { WaitsForDisk = true };
            await _server.StartAsync();
        }

        return await _server.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _files.Delete(recursive: true);
        if (_server is not null)
        {
            await _server.StopAsync();
        }
    }
}
