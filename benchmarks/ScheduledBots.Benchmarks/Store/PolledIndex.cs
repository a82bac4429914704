using Npgsql;
using ScheduledBots.Measuring;

namespace ScheduledBots.Benchmarks.Store;

/// <summary>Looks into the index that claims read: it must have unowned bots only.</summary>
internal static class PolledIndex
{
    /// <summary>Adds how many rows the index leads to, once what is dead was swept.</summary>
    public static async Task LookAsync(FigureTable table, string connectionString, string when)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlCommand vacuum = source.CreateCommand("VACUUM (ANALYZE) scheduled_bots");
        await vacuum.ExecuteNonQueryAsync();
        await using NpgsqlCommand look = source.CreateCommand("SELECT reltuples FROM pg_class WHERE relname = 'ix_scheduled_bots_unowned'");
        bool isEmptied = when.StartsWith("after", StringComparison.Ordinal);
        table.Add(new Figure("PostgreSQL", $"entries of the polled index, {when}", (float)(await look.ExecuteScalarAsync())!, "", Most: isEmptied ? 0 : null));
    }
}
