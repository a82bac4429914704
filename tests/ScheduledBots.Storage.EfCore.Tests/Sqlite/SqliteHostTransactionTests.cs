using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Time.Testing;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Tests.HostTransactions;

namespace ScheduledBots.Storage.EfCore.Tests.Sqlite;

[Collection(SqliteStores.Collection)]
public sealed class SqliteHostTransactionTests(SqliteStores stores) : HostTransactionSuite
{
    // Mutant: whether the provider enlists is not looked at.
    [Fact]
    public async Task A_transaction_scope_is_refused_for_a_provider_that_takes_no_part_in_it()
    {
        await using BookingContext context = new(new DbContextOptionsBuilder<BookingContext>()
            .UseSqlite($"Data Source={stores.NewFile()}")
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.AmbientTransactionWarning))
            .Options);
        using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Scheduler.ScheduleAsync(context, BookingHost.Request()));

        Assert.Contains("takes no part in a TransactionScope", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_whose_instant_passes_before_the_commit_is_missed_and_says_so()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using BookingHost host = await BookingHost.OpenAsync(await CreateDatabaseAsync(), time);
        BotId bot;
        await using (BookingContext context = host.NewContext())
        {
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            bot = (await host.Scheduler.ScheduleAsync(context, BookingHost.Request(joinAt: time.GetUtcNow().AddMinutes(1)))).Bot.Id;
            time.Advance(TimeSpan.FromMinutes(30));
            await transaction.CommitAsync();
        }

        await host.Engine.StartAsync();
        await host.Heard.UntilAsync(bot, BotEventKind.Failed);

        Assert.Equal(FailureReason.Missed, ((FailedBot)(await host.Scheduler.FindAsync(bot))!).Reason);
    }

    // Mutant: entering a transaction does not ask for the version.
    [Fact]
    public async Task A_process_that_is_older_than_the_tables_ask_for_adds_nothing_and_the_transaction_can_go_on()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using BookingHost host = await BookingHost.OpenAsync(await CreateDatabaseAsync(), time);
        await host.BotsAsync(); // opens the store
        await using BookingContext context = host.NewContext();
        await context.Database.ExecuteSqlRawAsync("UPDATE scheduled_bots_schema SET version = 7, minimum_writer = 6");
        time.Advance(WriterCheck.Interval);
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        context.Bookings.Add(new Booking { Title = "Budget" });
        await context.SaveChangesAsync();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Scheduler.ScheduleAsync(context, BookingHost.Request()));
        await transaction.CommitAsync();

        Assert.Contains("Update the ScheduledBots packages", error.Message, StringComparison.Ordinal);
        Assert.Empty(await host.BotsAsync());
        Assert.Equal(1, await host.CountBookingsAsync());
    }

    protected override Task<Action<DbContextOptionsBuilder>> CreateDatabaseAsync()
    {
        string file = stores.NewFile();
        return Task.FromResult<Action<DbContextOptionsBuilder>>(options => options.UseSqlite($"Data Source={file}"));
    }
}
