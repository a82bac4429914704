using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

/// <summary>One file, one engine; and what the store says when the file is not as it should be.</summary>
[Collection(SqliteStores.Collection)]
public sealed class SqliteFaultTests(SqliteStores stores)
{
    // Mutant: a lock file that others may open.
    [Fact]
    public async Task A_second_engine_is_refused_until_the_first_has_ended_and_may_schedule_meanwhile()
    {
        string file = stores.NewFile();
        EfCoreBotStore first = SqliteStores.NewStore(file, "");
        await first.InitializeAsync(CancellationToken.None);
        using EfCoreBotStore second = SqliteStores.NewStore(file, "");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => second.InitializeAsync(CancellationToken.None));
        InsertOutcome outcome = await second.InsertAsync(Bots.New());
        BotId claimed = Assert.Single((await first.ClaimAsync()).Bots).Id;
        first.Dispose();
        await second.InitializeAsync(CancellationToken.None);

        Assert.Contains("ScheduleOnly()", error.Message, StringComparison.Ordinal);
        Assert.Equal(outcome.Bot.Id, claimed);
    }

    [Fact]
    public async Task Engines_of_two_names_share_a_file()
    {
        string file = stores.NewFile();
        using EfCoreBotStore one = SqliteStores.NewStore(file, "one");
        using EfCoreBotStore other = SqliteStores.NewStore(file, "other");
        await one.InitializeAsync(CancellationToken.None);
        await other.InitializeAsync(CancellationToken.None);

        await one.InsertAsync(Bots.New("key"));

        Assert.True((await other.InsertAsync(Bots.New("key"))).Inserted);
        Assert.Single((await one.ClaimAsync()).Bots);
    }

    [Fact]
    public async Task Bots_survive_the_store()
    {
        string file = stores.NewFile();
        BotSnapshot bot = Bots.New();
        using (EfCoreBotStore store = SqliteStores.NewStore(file, ""))
        {
            await store.InsertAsync(bot);
        }

        using EfCoreBotStore later = SqliteStores.NewStore(file, "");
        Assert.Equal(bot, await later.FindAsync(bot.Id));
    }

    [Fact]
    public async Task Stores_that_start_at_once_make_the_tables_once()
    {
        string file = stores.NewFile();

        InsertOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using EfCoreBotStore store = SqliteStores.NewStore(file, $"scheduler {i}");
            return await store.InsertAsync(Bots.New("the same key"));
        }));

        Assert.All(outcomes, outcome => Assert.True(outcome.Inserted));
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=shared;Mode=Memory;Cache=Shared")]
    public async Task A_database_in_memory_is_refused_with_what_to_do(string connectionString)
    {
        using EfCoreBotStore store = Store(connectionString);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => store.InsertAsync(Bots.New()));

        Assert.Contains("Name a file, or call UseInMemoryStorage()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_only_file_says_so_and_is_still_read()
    {
        string file = stores.NewFile();
        using EfCoreBotStore writer = SqliteStores.NewStore(file, "");
        InsertOutcome kept = await writer.InsertAsync(Bots.New());
        using EfCoreBotStore store = Store($"Data Source={file};Mode=ReadOnly");

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.InsertAsync(Bots.New()));

        Assert.Contains("is read-only", error.Message, StringComparison.Ordinal);
        Assert.Equal(kept.Bot, await store.FindAsync(kept.Bot.Id));
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_unavailable()
    {
        using EfCoreBotStore store = SqliteStores.NewStore(Path.Combine(stores.NewFile(), "in no folder"), "");

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.InsertAsync(Bots.New()));

        Assert.Equal(
            "The SQLite database cannot be opened (SQLite 14). Nothing was written. The folder of the file must exist, and this process must be allowed to write in it.",
            error.Message);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        string file = stores.NewFile();
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("a shopping list\n", 100)));
        using EfCoreBotStore store = SqliteStores.NewStore(file, "");

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.InsertAsync(Bots.New()));

        Assert.Contains("is no database but another file (SQLite 26)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_said_and_what_was_there_is_still_read()
    {
        string file = stores.NewFile();
        using EfCoreBotStore before = SqliteStores.NewStore(file, "");
        InsertOutcome kept = await before.InsertAsync(Bots.New());
        using EfCoreBotStore store = new(
            EfCoreScheduledBotsBuilderExtensions.OwnContexts(null, options => options.UseSqlite($"Data Source={file}").AddInterceptors(new FullDisk()), null), "", TimeProvider.System);

        BotSnapshot[] many = [.. Enumerable.Range(0, 50).Select(_ => Bots.New() with { Metadata = new string('m', 16_000) })];
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.InsertAsync(many, CancellationToken.None));

        Assert.Equal("The SQLite database has no space left on its disk (SQLite 13). Nothing was written. Make room.", error.Message);
        Assert.Equal(kept.Bot, await store.FindAsync(kept.Bot.Id));
        Assert.Null(await store.FindAsync(many[0].Id));
    }

    [Fact]
    public async Task A_file_that_another_process_locks_ends_the_wait_and_is_used_again_when_it_is_free()
    {
        string file = stores.NewFile();
        using EfCoreBotStore store = SqliteStores.NewStore(file, "");
        await store.InsertAsync(Bots.New());
        await using (var connection = new SqliteConnection($"Data Source={file}"))
        {
            await connection.OpenAsync();
            await using SqliteTransaction transaction = connection.BeginTransaction();
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.InsertAsync(Bots.New()));
        }

        Assert.True((await store.InsertAsync(Bots.New())).Inserted);
    }

    [Fact]
    public async Task A_lock_file_that_cannot_be_made_is_no_second_engine()
    {
        string file = stores.NewFile();
        Directory.CreateDirectory(file + ".engine");
        using EfCoreBotStore store = SqliteStores.NewStore(file, "");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => store.InitializeAsync(CancellationToken.None));

        Assert.Equal(
            "The file that keeps a second engine out cannot be opened beside the SQLite database (UnauthorizedAccessException). Let this process write in that folder, or call ScheduleOnly() in it.",
            error.Message);
    }

    private static EfCoreBotStore Store(string connectionString) => new(
        EfCoreScheduledBotsBuilderExtensions.OwnContexts(null, options => options.UseSqlite(connectionString), null), "", TimeProvider.System);
}
