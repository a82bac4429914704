using ScheduledBots.TestDatabase;

namespace ScheduledBots.Measuring;

/// <summary>A PostgreSQL as every benchmark has it: each commit waits for the disk, and it has memory and log as a small server is given.</summary>
public static class BenchServer
{
    /// <param name="settings">What a benchmark sets otherwise; the last of two holds.</param>
    public static PostgresServer New(params string[] settings) =>
        new(["shared_buffers=512MB", "max_wal_size=4GB", .. settings]) { WaitsForDisk = true };
}
