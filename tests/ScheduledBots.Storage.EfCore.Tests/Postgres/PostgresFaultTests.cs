using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

/// <summary>What the store says when the database is not as it should be.</summary>
[Collection(PostgresStores.Collection)]
public sealed class PostgresFaultTests(PostgresStores stores)
{
    [Fact]
    public async Task A_database_that_cannot_be_reached_is_unavailable()
    {
        using EfCoreBotStore store = PostgresStores.NewStore("Host=127.0.0.1;Port=1;Username=nobody;Password=hidden", "faults");

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.InsertAsync(Bots.New()));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.RegisterAsync());

        Assert.DoesNotContain("hidden", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Database=nowhere", "does not exist under the name in the connection string (SQLSTATE 3D000). Nothing was written. Create it")]
    [InlineData("Username=nobody", "refuses this process (SQLSTATE 28000). Nothing was written. Mend the user")]
    [InlineData("Username=guest", "refuses its user a right (SQLSTATE 42501). Nothing was written. Grant it USAGE")]
    public async Task What_the_connection_string_has_wrong_is_said(string wrong, string words)
    {
        string connectionString = await stores.NewDatabaseAsync();
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            await connection.OpenAsync();
            await ExecuteAsync(connection, "DO $$ BEGIN CREATE ROLE guest LOGIN; EXCEPTION WHEN duplicate_object THEN END $$");
        }

        using EfCoreBotStore store = PostgresStores.NewStore($"{connectionString};{wrong}", "faults");

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.InsertAsync(Bots.New()));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_that_is_used_up_is_told_apart_from_a_database_that_is_silent()
    {
        string connectionString = await stores.NewDatabaseAsync();
        using EfCoreBotStore first = PostgresStores.NewStore(connectionString, "faults");
        await first.InsertAsync(Bots.New());
        string narrow = connectionString + ";Maximum Pool Size=1";
        using EfCoreBotStore store = PostgresStores.NewStore(narrow, "faults");
        StoreUnavailableException error;
        await using (var connection = new NpgsqlConnection(narrow))
        {
            await connection.OpenAsync();
            error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.InsertAsync(Bots.New()));
        }

        Assert.Contains("gave no connection within 1.5 seconds", error.Message, StringComparison.Ordinal);
        Assert.Contains("pool is large enough", error.Message, StringComparison.Ordinal);
        Assert.True((await store.InsertAsync(Bots.New())).Inserted);
    }

    [Fact]
    public async Task A_server_without_connections_says_what_to_change()
    {
        string connectionString = await stores.NewDatabaseAsync();
        await using var owner = new NpgsqlConnection(connectionString);
        await owner.OpenAsync();
        await ExecuteAsync(owner, "CREATE ROLE single LOGIN SUPERUSER CONNECTION LIMIT 0");
        await ExecuteAsync(owner, "ALTER ROLE single NOSUPERUSER");
        using EfCoreBotStore store = PostgresStores.NewStore(connectionString + ";Username=single", "faults");

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.InsertAsync(Bots.New()));

        Assert.Contains("has no connection left (SQLSTATE 53300)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lock_timeout", "gave up waiting for a lock, as its lock_timeout says (SQLSTATE 55P03)")]
    [InlineData("statement_timeout", "cancelled the statement, as its statement_timeout says or an operator did (SQLSTATE 57014)")]
    public async Task A_timeout_of_the_servers_own_is_named(string setting, string words)
    {
        string connectionString = await stores.NewDatabaseAsync();
        using EfCoreBotStore store = PostgresStores.NewStore($"{connectionString};Options=-c {setting}=200", "faults");
        await store.InsertAsync(Bots.New());
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, "LOCK TABLE scheduled_bots");

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.InsertAsync(Bots.New()));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was written", error.Message, StringComparison.Ordinal);
    }

    // Mutant: no lock around the making of tables.
    [Fact]
    public async Task Stores_that_start_at_once_make_the_tables_once()
    {
        string connectionString = await stores.NewDatabaseAsync();

        EfCoreBotStore[] started = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            EfCoreBotStore store = PostgresStores.NewStore(connectionString, $"scheduler {i}", "bots");
            await store.InitializeAsync(CancellationToken.None);
            await store.InsertAsync(Bots.New("the same key"));
            return store;
        }));

        Assert.All(started, store => Assert.NotNull(store));
        Array.ForEach(started, store => store.Dispose());
    }

    [Fact]
    public async Task A_call_that_waits_for_a_lock_ends_and_the_next_one_works()
    {
        string connectionString = await stores.NewDatabaseAsync();
        using EfCoreBotStore store = PostgresStores.NewStore(connectionString, "faults");
        await store.InsertAsync(Bots.New());
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using (NpgsqlTransaction transaction = await connection.BeginTransactionAsync())
        {
            await ExecuteAsync(connection, "LOCK TABLE scheduled_bots");
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.InsertAsync(Bots.New()));
        }

        Assert.True((await store.InsertAsync(Bots.New())).Inserted);
    }

    [Fact]
    public async Task A_database_that_is_read_only_says_so_and_is_still_read()
    {
        string connectionString = await stores.NewDatabaseAsync();
        using EfCoreBotStore writer = PostgresStores.NewStore(connectionString, "faults");
        InsertOutcome kept = await writer.InsertAsync(Bots.New());
        using EfCoreBotStore store = PostgresStores.NewStore(connectionString + ";Options=-c default_transaction_read_only=on", "faults");

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.InsertAsync(Bots.New()));

        Assert.Contains("is read-only", error.Message, StringComparison.Ordinal);
        Assert.Equal(kept.Bot, await store.FindAsync(kept.Bot.Id));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
