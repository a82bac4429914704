using Npgsql;
using ScheduledBots.TestDatabase;

namespace TwoNodes;

/// <summary>The PostgreSQL of the show: the one that is named, or one that is started for it and thrown away.</summary>
internal sealed class Database : IAsyncDisposable
{
    public const string Variable = "TWO_NODES_CONNECTION";

    private readonly PostgresServer? _server;

    private Database(string connection, PostgresServer? server)
    {
        Connection = connection;
        _server = server;
    }

    public string Connection { get; }

    public static string OfParent() =>
        Environment.GetEnvironmentVariable(Variable) ?? throw new UsageException($"{Variable} is not set. Nodes are started by the sample itself; run it without 'node'.");

    public static async Task<Database> OpenAsync(string[] args) => args switch
    {
        [] => await ThrowAwayAsync(),
        ["--connection", var connection] => new Database(await CheckedAsync(connection), null),
        _ => throw new UsageException("Use: TwoNodes [--connection \"Host=...;Username=...;Password=...;Database=...\"]"),
    };

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.StopAsync();
        }
    }

    private static async Task<Database> ThrowAwayAsync()
    {
        PostgresServer server;
        try
        {
            server = new PostgresServer();
        }
        catch (InvalidOperationException)
        {
            throw new UsageException("There is no PostgreSQL on this machine to start one from. Install it, or name a database: --connection \"Host=...;Username=...;Password=...;Database=...\"");
        }

        Console.WriteLine("starting a PostgreSQL that is thrown away at the end; --connection names another one");
        await server.StartAsync();
        return new Database(server.ConnectionString, server);
    }

    private static async Task<string> CheckedAsync(string connection)
    {
        if (connection.Contains("Data Source", StringComparison.OrdinalIgnoreCase) || connection.Contains(".db", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException("That looks like SQLite, which takes one engine only: a second node would be refused. Name a PostgreSQL: --connection \"Host=...\"");
        }

        try
        {
            await using var first = new NpgsqlConnection(connection);
            await first.OpenAsync();
            return connection;
        }
        catch (Exception error) when (error is NpgsqlException or ArgumentException)
        {
            throw new UsageException($"The PostgreSQL cannot be reached: {error.Message}. Check --connection.");
        }
    }
}
