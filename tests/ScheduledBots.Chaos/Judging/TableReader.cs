using Npgsql;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Chaos.Judging;

/// <summary>Reads the tables as they are, past the library.</summary>
internal static class TableReader
{
    public static Task<List<BotRecord>> BotsAsync(string connectionString, CancellationToken cancellationToken) => ReadAsync(
        connectionString,
        "SELECT id, state, join_at, attempt, error_code FROM scheduled_bots",
        row => new BotRecord(row.GetGuid(0), (BotStatus)row.GetInt16(1), Instant(row.GetInt64(2)), row.GetInt32(3), row.IsDBNull(4) ? null : (FailureReason)row.GetInt16(4)),
        cancellationToken);

    public static Task<List<NodeRecord>> NodesAsync(string connectionString, CancellationToken cancellationToken) => ReadAsync(
        connectionString,
        "SELECT name, status, dead_at FROM scheduled_bots_nodes",
        row => new NodeRecord(row.GetString(0), (NodeStatus)row.GetInt16(1), row.IsDBNull(2) ? null : Instant(row.GetInt64(2))),
        cancellationToken);

    /// <summary>How many bots are not settled.</summary>
    public static async Task<long> UnsettledAsync(string connectionString, CancellationToken cancellationToken) =>
        (await ReadAsync(connectionString, "SELECT count(*) FROM scheduled_bots WHERE state < 3", row => row.GetInt64(0), cancellationToken))[0];

    public static async Task<List<T>> ReadAsync<T>(
        string connectionString, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static DateTimeOffset Instant(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
