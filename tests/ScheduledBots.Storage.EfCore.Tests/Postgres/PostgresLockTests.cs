using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

/// <summary>Statements of several connections that want the same rows.</summary>
[Collection(PostgresStores.Collection)]
public sealed class PostgresLockTests(PostgresStores stores)
{
    private const int BotCount = 200;

    private readonly UndoneCounter _undone = new();

    // Mutant: a commit that locks its rows as the planner joins them.
    [Fact]
    public async Task Commits_and_armings_that_want_the_same_rows_never_wait_for_each_other_in_a_circle()
    {
        string connectionString = await stores.NewDatabaseAsync();
        using EfCoreBotStore store = NewStore(connectionString);
        using EfCoreBotStore other = NewStore(connectionString);
        await store.RegisterAsync();
        await store.InsertAsync([.. Enumerable.Range(0, BotCount).Select(Staged)], CancellationToken.None);
        IReadOnlyList<BotSnapshot> owned = await store.ListAsync(new BotQuery { Limit = BotCount }, CancellationToken.None);
        var random = new Random(1);

        for (int round = 0; round < 20; round++)
        {
            // An abort that comes back and nothing else: the rows stay as they are, and may be armed and disarmed again.
            BotCommit[] commits = [.. owned.Select(bot => new BotCommit
            {
                Owner = Bots.Node, Fence = bot.Fence, From = BotStatus.Staged, Next = bot, History = [],
            })];
            BotCommit[] shuffled = [.. commits];
            random.Shuffle(shuffled);
            await Task.WhenAll(
                store.CommitAsync(commits, CancellationToken.None),
                other.CommitAsync(shuffled, CancellationToken.None),
                store.ArmAsync(Arming, CancellationToken.None),
                other.ArmAsync(Arming, CancellationToken.None));
        }

        Assert.Equal(0, _undone.Count);
    }

    // Mutant: a batch that is inserted in its own order.
    [Fact]
    public async Task Batches_with_the_same_keys_never_wait_for_each_other_in_a_circle()
    {
        string connectionString = await stores.NewDatabaseAsync();
        using EfCoreBotStore store = NewStore(connectionString);
        await store.InsertAsync(Bots.New());
        var random = new Random(2);

        for (int round = 0; round < 20; round++)
        {
            string[] keys = [.. Enumerable.Range(0, BotCount).Select(i => $"{round}/{i}")];
            IReadOnlyList<InsertOutcome>[] outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            {
                random.Shuffle(keys);
                return store.InsertAsync([.. keys.Select(Bots.New)], CancellationToken.None);
            }));

            Assert.Equal(BotCount, outcomes.Sum(batch => batch.Count(outcome => outcome.Inserted)));
            Assert.Equal(BotCount, outcomes.SelectMany(batch => batch).DistinctBy(outcome => outcome.Bot.Id).Count());
        }

        Assert.Equal(0, _undone.Count);
    }

    // Mutant: a call that is not made again.
    [Fact]
    public async Task The_victim_of_a_deadlock_is_made_again()
    {
        string connectionString = await stores.NewDatabaseAsync();
        using EfCoreBotStore store = NewStore(connectionString);
        await store.RegisterAsync();
        await store.InsertAsync([Staged(1), Staged(2)], CancellationToken.None);
        IReadOnlyList<BotSnapshot> owned = await store.ListAsync(new BotQuery { Limit = 2 }, CancellationToken.None);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, "SET LOCAL deadlock_timeout = '1min'"); // so that the other one sees it
        await LockAsync(connection, owned[1]);

        Task<IReadOnlyList<BotSnapshot>> arming = store.ArmAsync(Arming, CancellationToken.None);
        await UntilWaitingAsync(stores.ConnectionString);
        await LockAsync(connection, owned[0]);
        await transaction.CommitAsync();
        IReadOnlyList<BotSnapshot> armed = await arming;

        Assert.Equal(1, _undone.Count);
        Assert.Equal(2, armed.Count);
        Assert.All(armed, bot => Assert.Equal(1, bot.Attempt));
    }

    [Theory]
    [InlineData("repeatable read")]
    [InlineData("serializable")]
    public async Task A_database_that_isolates_more_than_is_needed_costs_repetitions_and_nothing_else(string isolation)
    {
        string connectionString = await stores.NewDatabaseAsync();
        string name = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            await connection.OpenAsync();
            await ExecuteAsync(connection, $"ALTER DATABASE {name} SET default_transaction_isolation = '{isolation}'");
        }

        using EfCoreBotStore store = NewStore(connectionString + ";Application Name=isolated");
        await store.RegisterAsync();
        InsertOutcome[] created = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.InsertAsync(Bots.New("key"))));
        await store.InsertAsync([.. Enumerable.Range(0, 100).Select(_ => Bots.New())], CancellationToken.None);
        ClaimOutcome[] claimed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.ClaimAsync()));

        Assert.Single(created, outcome => outcome.Inserted);
        Assert.Single(created.Select(outcome => outcome.Bot.Id).Distinct());
        Assert.Equal(101, claimed.SelectMany(outcome => outcome.Bots).DistinctBy(bot => bot.Id).Count());
    }

    private static ArmQuery Arming => new(Bots.Node, Bots.Start, Bots.Start.AddDays(1), TimeSpan.FromSeconds(5));

    private EfCoreBotStore NewStore(string connectionString) => new(
        EfCoreScheduledBotsBuilderExtensions.OwnContexts(null, options => options.UseNpgsql(connectionString).AddInterceptors(_undone), null), "locks", TimeProvider.System);

    private static BotSnapshot Staged(int number) => Bots.New() with
    {
        JoinAt = Bots.Start.AddMinutes(number), Status = BotStatus.Staged, Owner = Bots.Node, Fence = new Fence(1), StagedFence = new Fence(1),
    };

    private static Task LockAsync(NpgsqlConnection connection, BotSnapshot bot) =>
        ExecuteAsync(connection, $"SELECT 1 FROM scheduled_bots WHERE id = '{bot.Id.Value}' FOR UPDATE");

    /// <summary>Nobody tells when a statement begins to wait, so the server is asked.</summary>
    private static async Task UntilWaitingAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'", connection);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((long)(await command.ExecuteScalarAsync(patience.Token))! == 0)
        {
            await Task.Yield();
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
