using System.Runtime.InteropServices;
using ScheduledBots.TestDatabase;

namespace ScheduledBots.Measuring;

/// <summary>A PostgreSQL as every benchmark has it: each commit waits for the disk, and it has memory and log as a small server is given.</summary>
public static class BenchServer
{
    private static readonly PosixSignalRegistration[] Signals = [ExitOn(PosixSignal.SIGINT, 130), ExitOn(PosixSignal.SIGTERM, 143)];

    /// <summary>Appended to a connection of ScheduledBots: what docs/operations.md tells an operator to write.</summary>
    public const string AsOperated = ";Max Auto Prepare=20";

    /// <param name="settings">What a benchmark sets otherwise; the last of two holds.</param>
    /// <returns>The server, not started. Where this process is told to end before it has stopped it, it is stopped then.</returns>
    public static PostgresServer New(params string[] settings)
    {
        var server = new PostgresServer(["shared_buffers=512MB", "max_wal_size=4GB", .. settings]) { WaitsForDisk = true };
        GC.KeepAlive(Signals);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.StopAsync().GetAwaiter().GetResult();
        return server;
    }

    /// <summary>By itself the runtime lets a signal end the process without a word.</summary>
    private static PosixSignalRegistration ExitOn(PosixSignal signal, int code) => PosixSignalRegistration.Create(signal, _ => Environment.Exit(code));
}
