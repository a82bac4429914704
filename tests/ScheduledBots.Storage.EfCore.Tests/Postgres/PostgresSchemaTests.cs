using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

/// <summary>Where the tables lie, who shares them, and what they must be like.</summary>
[Collection(PostgresStores.Collection)]
public sealed class PostgresSchemaTests(PostgresStores stores)
{
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

    // Mutant: an insertion that does not ask for the version.
    [Fact]
    public async Task A_process_that_is_older_than_the_tables_ask_for_adds_nothing_after_ten_seconds()
    {
        string connectionString = await stores.NewDatabaseAsync();
        var time = new FakeTimeProvider();
        using EfCoreBotStore store = PostgresStores.NewStore(connectionString, "faults", time: time);
        BotSnapshot before = Bots.New();
        await store.InsertAsync(before);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, "UPDATE scheduled_bots_schema SET version = 7, minimum_writer = 6");
        time.Advance(WriterCheck.Interval);

        var adding = await Assert.ThrowsAsync<InvalidOperationException>(() => store.InsertAsync(Bots.New()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.InsertAsync(Bots.New()));

        Assert.StartsWith("The tables of ScheduledBots are of version 7 and ask for a library of version 6", adding.Message, StringComparison.Ordinal);
        Assert.Equal(before.Id, Assert.Single(await store.ListAsync(new BotQuery { Limit = 10 }, CancellationToken.None)).Id);
    }

    [Fact]
    public async Task Tables_that_are_newer_and_let_this_library_write_are_written()
    {
        string connectionString = await stores.NewDatabaseAsync();
        using EfCoreBotStore store = PostgresStores.NewStore(connectionString, "faults");
        await store.InsertAsync(Bots.New());
        await store.RegisterAsync();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, "UPDATE scheduled_bots_schema SET version = 7; ALTER TABLE scheduled_bots ADD COLUMN later text NOT NULL DEFAULT 'x'");

        using EfCoreBotStore late = PostgresStores.NewStore(connectionString, "faults");
        await late.InitializeAsync(CancellationToken.None);

        Assert.Single((await store.ClaimAsync()).Bots);
        Assert.True((await late.InsertAsync(Bots.New())).Inserted);
    }

    [Fact]
    public async Task Tables_that_are_older_name_the_upgrade()
    {
        string connectionString = await stores.NewDatabaseAsync();
        using EfCoreBotStore store = PostgresStores.NewStore(connectionString, "faults");
        await store.InsertAsync(Bots.New());
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, "UPDATE scheduled_bots_schema SET version = 0, minimum_writer = 0");

        using EfCoreBotStore late = PostgresStores.NewStore(connectionString, "faults");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => late.InitializeAsync(CancellationToken.None));

        Assert.StartsWith("The tables of ScheduledBots are of version 0; this library needs version 1. They were made by an older release", error.Message, StringComparison.Ordinal);
    }

    // Mutant: an opening that looks at the row of the version alone.
    [Theory]
    [InlineData("ALTER TABLE scheduled_bots DROP COLUMN allocating_fence")]
    [InlineData("DROP TABLE scheduled_bots_history")]
    [InlineData("ALTER TABLE scheduled_bots_nodes RENAME COLUMN beat TO pulse")]
    public async Task What_the_tables_lack_is_said_at_the_start_and_not_when_a_bot_is_due(string damage)
    {
        string connectionString = await stores.NewDatabaseAsync();
        using EfCoreBotStore store = PostgresStores.NewStore(connectionString, "faults");
        await store.InsertAsync(Bots.New());
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, damage);

        using EfCoreBotStore late = PostgresStores.NewStore(connectionString, "faults");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => late.InitializeAsync(CancellationToken.None));

        Assert.StartsWith("The PostgreSQL database lacks tables or columns of ScheduledBots.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("select")]
    [InlineData("User")]
    [InlineData("_")]
    [InlineData("a23456789_123456789_123456789_123456789_123456789_123456789_123")]
    public async Task A_schema_may_be_called_anything_that_is_a_name(string schema)
    {
        using EfCoreBotStore store = PostgresStores.NewStore(await stores.NewDatabaseAsync(), "faults", schema);
        InsertOutcome inserted = await store.InsertAsync(Bots.New("key"));
        await store.RegisterAsync();

        BotSnapshot claimed = Assert.Single((await store.ClaimAsync()).Bots);

        Assert.Equal(inserted.Bot.Id, claimed.Id);
        Assert.False((await store.InsertAsync(Bots.New("key"))).Inserted);
    }

    [Theory]
    [InlineData("bots; DROP TABLE x")]
    [InlineData("\"bots\"")]
    [InlineData("bots.bots")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("1bots")]
    [InlineData("bots\n")]
    [InlineData("bots\0")]
    [InlineData("b\u00f6ts")]
    [InlineData("\ud83d\ude00")]
    [InlineData("pg_bots")]
    [InlineData("a23456789_123456789_123456789_123456789_123456789_123456789_1234")]
    public void A_schema_of_another_form_is_refused(string schema) => Assert.Throws<ArgumentException>(
        () => new ModelBuilder().AddScheduledBots(schema));

    [Fact]
    public async Task Schedulers_of_two_names_share_the_tables_and_nothing_else()
    {
        string connectionString = await stores.NewDatabaseAsync();
        using EfCoreBotStore one = PostgresStores.NewStore(connectionString, "it's one; --", "shared");
        using EfCoreBotStore other = PostgresStores.NewStore(connectionString, "\ud83d\ude00 \"other\"", "shared");
        await one.RegisterAsync();
        BotSnapshot bot = (await one.InsertAsync(Bots.New("key"))).Bot;
        await one.ClaimAsync();

        // The other one knows no node at all, so all that is owned would look lost to it.
        await other.BeatAsync(new BeatQuery { Node = Peer, Name = "host", Version = "1", Status = NodeStatus.Alive, IsFirst = true }, CancellationToken.None);
        IReadOnlyList<BotSnapshot> adopted = await other.AdoptAsync(new AdoptQuery(Peer, Bots.Start.AddDays(1), Bots.Start.AddDays(1), 100), CancellationToken.None);
        ChangeOutcome cancelled = await other.ChangeAsync(new BotChange { Id = bot.Id, Kind = BotChangeKind.Cancel, At = Bots.Start }, CancellationToken.None);
        ChangeOutcome erased = await other.EraseAsync(bot.Id, CancellationToken.None);
        int pruned = await other.PruneAsync(Bots.Start.AddYears(1), 100, CancellationToken.None);

        Assert.Empty(adopted);
        Assert.Equal((ChangeVerdict.NotFound, ChangeVerdict.NotFound, 0), (cancelled.Verdict, erased.Verdict, pruned));
        Assert.Null(await other.FindAsync(bot.Id));
        Assert.True((await other.InsertAsync(bot)).Inserted, "one id and one key, in two schedulers, are two bots");
        Assert.NotNull(await one.FindAsync(bot.Id));
    }

    private static NodeId Peer { get; } = new(Guid.Parse("01900000-0000-7000-8000-000000000002"));

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
