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

    // Mutant: an empty claim that does not ask why.
    [Fact]
    public async Task A_node_that_is_older_than_the_tables_ask_for_neither_claims_nor_opens()
    {
        string connectionString = await stores.NewDatabaseAsync();
        using EfCoreBotStore store = PostgresStores.NewStore(connectionString, "faults");
        await store.InsertAsync(Bots.New());
        await store.RegisterAsync();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, "UPDATE scheduled_bots_schema SET version = 7, minimum_writer = 6");

        var claiming = await Assert.ThrowsAsync<InvalidOperationException>(() => store.ClaimAsync());
        using EfCoreBotStore late = PostgresStores.NewStore(connectionString, "faults");
        var opening = await Assert.ThrowsAsync<InvalidOperationException>(() => late.InitializeAsync(CancellationToken.None));

        Assert.Equal(
            "The tables of ScheduledBots are of version 7 and ask for a library of version 6; this one is of version 1. Update the ScheduledBots packages of this process.",
            claiming.Message);
        Assert.Equal(claiming.Message, opening.Message);
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

    [Theory]
    [InlineData("bots; DROP TABLE x")]
    [InlineData("\"bots\"")]
    [InlineData("")]
    [InlineData("1bots")]
    [InlineData("bots\n")]
    public void A_schema_of_another_form_is_refused(string schema) => Assert.Throws<ArgumentException>(
        () => new ModelBuilder().AddScheduledBots(schema));

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
