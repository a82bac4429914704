using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ScheduledBots.Benchmarks.Store;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Benchmarks.Micro;

/// <summary>A file with the store's tables, the store on it, and a connection of the driver for what is written by hand.</summary>
internal sealed class SqliteFile : IAsyncDisposable
{
    private static readonly string Insert =
        $"INSERT INTO scheduled_bots ({BotColumn.Names(BotColumn.All)}) VALUES ({string.Join(", ", BotColumn.All.Select(column => "$" + column.Name))})";

    private static readonly string Select = $"SELECT {BotColumn.Names(BotColumn.All)} FROM scheduled_bots WHERE scheduler = '' AND id = $id";

    private readonly DirectoryInfo _folder;
    private readonly SqliteConnection _connection;

    private SqliteFile(DirectoryInfo folder, EfCoreBotStore store, SqliteConnection connection) => (_folder, Store, _connection) = (folder, store, connection);

    public EfCoreBotStore Store { get; }

    public static async Task<SqliteFile> OpenAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduled-bots-");
        string source = $"Data Source={Path.Combine(folder.FullName, "micro.db")}";
        EfCoreBotStore store = await BenchStores.OpenAsync(options => options.UseSqlite(source));
        var connection = new SqliteConnection(source);
        await connection.OpenAsync();
        return new SqliteFile(folder, store, connection);
    }

    /// <summary>What a host would write by hand: the same row into the same table, by the driver alone.</summary>
    public int InsertByHand(BotSnapshot bot)
    {
        BotEntity row = BotEntity.From("", bot);
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = Insert;
        foreach (BotColumn column in BotColumn.All)
        {
            command.Parameters.AddWithValue("$" + column.Name, column.Value(row) ?? DBNull.Value);
        }

        return command.ExecuteNonQuery();
    }

    /// <summary>Reads all columns of a row by the driver alone, and makes nothing of them.</summary>
    public object[] SelectByHand(BotId id)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = Select;
        command.Parameters.AddWithValue("$id", id.Value);
        using SqliteDataReader reader = command.ExecuteReader();
        object[] values = new object[reader.FieldCount];
        return reader.Read() && reader.GetValues(values) > 0 ? values : throw new InvalidOperationException("The row is not there.");
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        Store.Dispose();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
