using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ScheduledBots.TestDatabase;

/// <summary>
/// A real server, made from the binaries of the machine in a folder of its own: loopback only, a free port, nothing that
/// lasts. PostgreSQL refuses to run as root, so root starts it as another user.
/// </summary>
/// <remarks>Not thread-safe, but for <see cref="CreateDatabaseAsync"/> and <see cref="DropDatabaseAsync"/>. Whoever starts a server stops it.</remarks>
/// <param name="settings">Settings of the server beside the usual, each as <c>name=value</c>.</param>
public sealed class PostgresServer(params string[] settings)
{
    private const string User = "postgres";
    private const string Host = "127.0.0.1";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "scheduled-bots-" + Path.GetRandomFileName());
    private readonly string _binaries = FindBinaries();
    private int _databases;
    private bool _isRunning;

    /// <summary>Whether a commit waits for the disk. Tests need no disk; figures do.</summary>
    public bool WaitsForDisk { get; init; }

    public int Port { get; } = FreePort();

    /// <summary>The connection to the database that every server has.</summary>
    public string ConnectionString => ConnectionTo("postgres");

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes the server and starts it; afterwards it takes connections.</summary>
    public async Task StartAsync()
    {
        Directory.CreateDirectory(_folder);
        if (Environment.IsPrivilegedProcess)
        {
            await Commands.RunAsync("chown", User, _folder);
        }

        await RunServersAsync("initdb", $"-D {Data} -U {User} -A trust -E UTF8 --no-sync --locale=C.UTF-8");
        await ResumeAsync();
    }

    /// <summary>Stops the server as a crash would: nothing is written down, every connection breaks.</summary>
    public async Task CrashAsync()
    {
        await RunServersAsync("pg_ctl", $"-D {Data} -w -m immediate stop");
        _isRunning = false;
    }

    /// <summary>Starts the server again, with what was committed.</summary>
    public async Task ResumeAsync()
    {
        string all = string.Concat(((string[])["max_connections=500", $"fsync={(WaitsForDisk ? "on" : "off")}", .. settings]).Select(setting => $" -c {setting}"));
        await RunServersAsync("pg_ctl", $"-D {Data} -w -t 60 -l {_folder}/log -o \"-p {Port} -h {Host} -k {_folder}{all}\" start");
        _isRunning = true;
    }

    /// <summary>Makes an empty database and says how to connect to it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"db{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync("CREATE DATABASE " + name);
        return ConnectionTo(name);
    }

    /// <summary>Deletes a database; whoever is connected to it is disconnected.</summary>
    /// <param name="connectionString">As <see cref="CreateDatabaseAsync"/> returned it.</param>
    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    /// <summary>Ends the server and deletes all it had.</summary>
    public async Task StopAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_isRunning)
        {
            await CrashAsync();
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private string ConnectionTo(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host={Host};Port={Port};Username={User};Database={database};Maximum Pool Size=40;Connection Idle Lifetime=10;Connection Pruning Interval=2");

    private Task RunServersAsync(string program, string arguments)
    {
        string command = $"cd {_folder} && {Path.Combine(_binaries, program)} {arguments}";
        return Environment.IsPrivilegedProcess
            ? Commands.RunAsync("runuser", "-u", User, "--", "sh", "-c", command)
            : Commands.RunAsync("sh", "-c", command);
    }

    private static string FindBinaries()
    {
        const string Root = "/usr/lib/postgresql";
        string[] found = Directory.Exists(Root)
            ? [.. Directory.GetDirectories(Root).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal)]
            : [];
        return found.Length > 0 ? found[^1] : throw new InvalidOperationException(
            $"There is no PostgreSQL server in {Root}. Run ./build.sh test, which installs one, or install the package 'postgresql'.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
