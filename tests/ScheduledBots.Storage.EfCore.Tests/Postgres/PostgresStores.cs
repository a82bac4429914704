using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.TestDatabase;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

/// <summary>Stores on one server: schedulers share the tables, so an empty store is a name that nobody has used.</summary>
public sealed class PostgresStores : IAsyncLifetime
{
    public const string Collection = "PostgreSQL";

    /// <summary>A window of seeds that meets everything that is interesting; a database takes its time for each history.</summary>
    public const int FirstSeed = 161;
    public const int HistoryCount = 200;

    private readonly PostgresServer _server = new();
    private EfCoreBotStore? _store;
    private int _count;

    /// <summary>Names an empty database of its own.</summary>
    public Task<string> NewDatabaseAsync() => _server.CreateDatabaseAsync();

    public string ConnectionString => _server.ConnectionString;

    /// <summary>An empty store; the one before it is disposed, because each holds a connection for its beats.</summary>
    public Task<IBotStore> NewAsync()
    {
        _store?.Dispose();
        _store = NewApart();
        return Task.FromResult<IBotStore>(_store);
    }

    /// <summary>An empty store beside others, which whoever asks disposes.</summary>
    internal EfCoreBotStore NewApart() => NewStore(ConnectionString, $"scheduler {Interlocked.Increment(ref _count)}", "Bots_of_tests");

    internal static EfCoreBotStore NewStore(string connectionString, string scheduler, string? schema = null, TimeProvider? time = null) => new(
        EfCoreScheduledBotsBuilderExtensions.OwnContexts(null, options => options.UseNpgsql(connectionString), schema), scheduler, time ?? TimeProvider.System);

    public async Task InitializeAsync()
    {
        await _server.StartAsync();
        await WarmUp.OfAsync(NewApart);
    }

    public async Task DisposeAsync()
    {
        _store?.Dispose();
        await _server.StopAsync();
    }
}
