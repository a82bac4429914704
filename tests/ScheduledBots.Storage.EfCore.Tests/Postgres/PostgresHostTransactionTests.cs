using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Tests.HostTransactions;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

[Collection(PostgresStores.Collection)]
public sealed class PostgresHostTransactionTests(PostgresStores stores) : HostTransactionSuite
{
    private string _connectionString = "";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_waits_for_a_transaction_that_holds_its_key(bool isCommitted)
    {
        await using BookingContext first = Host.NewContext(), second = Host.NewContext();
        await using IDbContextTransaction holder = await first.Database.BeginTransactionAsync();
        await using IDbContextTransaction waiter = await second.Database.BeginTransactionAsync();
        BotId held = (await Scheduler.ScheduleAsync(first, BookingHost.Request("key"))).Bot.Id;

        Task<ScheduleResult> waiting = Scheduler.ScheduleAsync(second, BookingHost.Request("key"));
        await UntilBlockedAsync();
        await (isCommitted ? holder.CommitAsync() : holder.RollbackAsync());
        ScheduleResult result = await waiting;
        await waiter.CommitAsync();

        Assert.Equal(!isCommitted, result.Created);
        Assert.Equal(isCommitted, result.Bot.Id == held);
        Assert.Equal([result.Bot.Id], await Host.BotsAsync());
    }

    // Mutant: an ambient transaction whose end nobody waits for.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_transaction_scope_is_a_transaction_even_where_the_driver_would_not_enlist(bool enlists)
    {
        await using BookingContext context = Host.NewContext();
        context.Database.SetConnectionString($"{_connectionString};Enlist={enlists}");
        BotId kept, undone;
        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            kept = (await Scheduler.ScheduleAsync(context, BookingHost.Request())).Bot.Id;
            scope.Complete();
        }

        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            undone = (await Scheduler.ScheduleAsync(context, BookingHost.Request())).Bot.Id;
        }

        await Host.Heard.UntilAsync(kept, BotEventKind.Scheduled);
        Assert.Equal([kept], await Host.BotsAsync());
        Assert.Empty(Host.Heard.Of(undone));
    }

    [Fact]
    public async Task A_transaction_of_the_drivers_own_is_one_too()
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await using BookingContext context = Host.NewContext();
        context.Database.SetDbConnection(connection);
        await context.Database.UseTransactionAsync(transaction);

        BotId bot = (await Scheduler.ScheduleAsync(context, BookingHost.Request())).Bot.Id;
        Bot? before = await Scheduler.FindAsync(bot);
        await transaction.CommitAsync();

        Assert.Null(before);
        Assert.NotNull(await Scheduler.FindAsync(bot));
    }

    // Mutant: exceptions of the database in the library's words, which no strategy knows.
    [Fact]
    public async Task A_transaction_that_the_hosts_strategy_repeats_leaves_one_bot()
    {
        await using BookingContext context = NewRetryingContext();
        int tries = 0;

        await context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
            if (++tries == 1)
            {
                // The snapshot is taken before another transaction commits the same key: the insertion fails for a conflict.
                await context.Bookings.CountAsync();
                await Scheduler.ScheduleAsync(BookingHost.Request("key"));
            }

            ScheduleResult result = await Scheduler.ScheduleAsync(context, BookingHost.Request("key"));
            Assert.False(result.Created);
            await transaction.CommitAsync();
        });

        Assert.Equal(2, tries);
        Assert.Single(await Host.BotsAsync());
    }

    protected override async Task<Action<DbContextOptionsBuilder>> CreateDatabaseAsync()
    {
        _connectionString = await stores.NewDatabaseAsync();
        return options => options.UseNpgsql(_connectionString);
    }

    private BookingContext NewRetryingContext() => new(
        new DbContextOptionsBuilder<BookingContext>().UseNpgsql(_connectionString, npgsql => npgsql.EnableRetryOnFailure(3, TimeSpan.Zero, null)).Options);

    /// <summary>Whether a statement waits for another transaction is something only the database knows.</summary>
    private async Task UntilBlockedAsync()
    {
        await using BookingContext context = Host.NewContext();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await context.Database.SqlQueryRaw<int>(
            "SELECT count(*)::integer AS \"Value\" FROM pg_locks WHERE NOT granted").SingleAsync() == 0)
        {
            await timer.WaitForNextTickAsync();
        }
    }
}
