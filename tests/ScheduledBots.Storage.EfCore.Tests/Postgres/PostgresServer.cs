using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

/// <summary>
/// A real server for the tests, made from the binaries of the machine in a folder of its own: loopback only, a free port,
/// nothing that lasts. PostgreSQL refuses to run as root, so root starts it as another user.
/// </summary>
internal sealed class PostgresServer
{
    private const string User = "postgres";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "scheduled-bots-" + Path.GetRandomFileName());
    private readonly int _port = FreePort();
    private readonly string _binaries = FindBinaries();
    private int _databases;

    public string ConnectionString => ConnectionTo("postgres");

    public async Task StartAsync()
    {
        Directory.CreateDirectory(_folder);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", User, _folder);
        }

        await RunServersAsync("initdb", $"-D {Data} -U {User} -A trust -E UTF8 --no-sync --locale=C.UTF-8");
        await RunServersAsync(
            "pg_ctl", $"-D {Data} -w -t 60 -l {_folder}/log -o \"-p {_port} -h 127.0.0.1 -k {_folder} -F -c max_connections=200\" start");
    }

    public async Task StopAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunServersAsync("pg_ctl", $"-D {Data} -w -m immediate stop");
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Names a database that did not exist before.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"db{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("CREATE DATABASE " + name, connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionTo(name);
    }

    private string Data => Path.Combine(_folder, "data");

    private string ConnectionTo(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username={User};Database={database};Maximum Pool Size=40");

    private Task RunServersAsync(string program, string arguments)
    {
        string command = $"{Path.Combine(_binaries, program)} {arguments}";
        return Environment.IsPrivilegedProcess
            ? RunAsync("runuser", "-u", User, "--", "sh", "-c", $"cd {_folder} && {command}")
            : RunAsync("sh", "-c", $"cd {_folder} && {command}");
    }

    // The server that pg_ctl leaves behind keeps what it inherits, so its output goes to its log and not through a pipe.
    private static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var said = new StringBuilder();
        process.OutputDataReceived += (_, line) => said.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.WaitForExit(100))
        {
            await Task.Yield();
        }

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{said}");
        }
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
