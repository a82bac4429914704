using Npgsql;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Benchmarks.Store;

/// <summary>What a host would write by hand to move a bot, or to call it off: one column, and the version, by the driver alone.</summary>
internal sealed class BareUpdate(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    public Task MoveAsync(BotId id, DateTimeOffset joinAt) => UpdateAsync("join_at", joinAt.ToUnixTimeMilliseconds() * 1_000, id);

    public Task CancelAsync(BotId id) => UpdateAsync("state", (short)BotStatus.Cancelled, id);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task UpdateAsync(string column, object value, BotId id)
    {
        await using NpgsqlCommand command = _source.CreateCommand(
            $"UPDATE scheduled_bots SET {column} = $1, version = version + 1 WHERE scheduler = '' AND id = $2 AND state = 0");
        command.Parameters.Add(new NpgsqlParameter { Value = value });
        command.Parameters.Add(new NpgsqlParameter { Value = id.Value });
        if (await command.ExecuteNonQueryAsync() != 1)
        {
            throw new InvalidOperationException($"Bot {id} is not scheduled any more.");
        }
    }
}
