using Npgsql;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Benchmarks.Store;

/// <summary>What a host would write by hand: the same row into the same table, by the driver alone.</summary>
internal sealed class BareInsert : IAsyncDisposable
{
    private static readonly string Sql =
        $"INSERT INTO scheduled_bots ({BotColumn.Names(BotColumn.All)}) VALUES ({string.Join(", ", Enumerable.Range(1, BotColumn.All.Count).Select(i => $"${i}"))})";

    private readonly NpgsqlDataSource _source;

    public BareInsert(string connectionString) => _source = NpgsqlDataSource.Create(connectionString);

    public async Task InsertAsync(BotSnapshot bot)
    {
        BotEntity row = BotEntity.From("", bot);
        await using NpgsqlCommand command = _source.CreateCommand(Sql);
        foreach (BotColumn column in BotColumn.All)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = column.Value(row) ?? DBNull.Value });
        }

        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
