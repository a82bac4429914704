using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore.Tests.HostTransactions;

/// <summary>Bots that are scheduled in a transaction of the host's: there if and only if it is committed.</summary>
public abstract class HostTransactionSuite : IAsyncLifetime
{
    private const int HistoryCount = 40;
    private const int HistoryLength = 30;

    private static readonly Gen<TransactionStep> Steps = Gen.Frequency(
        (8, Gen.Elements(null, "a", "b", "c").Select(key => new TransactionStep(TransactionStepKind.Schedule, key))),
        (2, Gen.Constant(new TransactionStep(TransactionStepKind.Mark))),
        (2, Gen.Constant(new TransactionStep(TransactionStepKind.Back))),
        (2, Gen.Constant(new TransactionStep(TransactionStepKind.Commit))),
        (1, Gen.Elements(TransactionStepKind.RollBack, TransactionStepKind.Abandon).Select(kind => new TransactionStep(kind))));

    private BookingHost? _host;

    private protected BookingHost Host => _host!;

    protected IBotScheduler Scheduler => Host.Scheduler;

    // Mutant: a row that is written on a connection of the store's own.
    [Fact]
    public async Task A_bot_and_a_booking_appear_together_when_the_transaction_is_committed()
    {
        await using BookingContext context = Host.NewContext();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        context.Bookings.Add(new Booking { Title = "Budget" });
        await context.SaveChangesAsync();

        ScheduleResult result = await Scheduler.ScheduleAsync(context, BookingHost.Request());
        (Bot? Bot, int Bookings) before = (await Scheduler.FindAsync(result.Bot.Id), await Host.CountBookingsAsync());
        await transaction.CommitAsync();
        Bot? after = await Scheduler.FindAsync(result.Bot.Id);

        Assert.True(result.Created);
        Assert.Equal((null, 0), before);
        Assert.Equal(result.Bot, after);
        Assert.Equal(1, await Host.CountBookingsAsync());
    }

    // Mutant: a bot that is told of when it is written.
    [Fact]
    public async Task Of_a_transaction_that_is_rolled_back_nothing_is_left_and_nobody_hears()
    {
        BotId undone;
        await using (BookingContext context = Host.NewContext())
        {
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            undone = (await Scheduler.ScheduleAsync(context, BookingHost.Request())).Bot.Id;
            await transaction.RollbackAsync();
        }

        BotId kept = await CommittedAsync(BookingHost.Request());
        await Host.Heard.UntilAsync(kept, BotEventKind.Scheduled);

        Assert.Null(await Scheduler.FindAsync(undone));
        Assert.Empty(Host.Heard.Of(undone));
        Assert.Equal([BotEventKind.Scheduled], Host.Heard.Of(kept));
    }

    // Mutant: commits that look nothing up.
    [Fact]
    public async Task Of_a_savepoint_that_is_rolled_back_nothing_is_left_and_nobody_hears()
    {
        await using BookingContext context = Host.NewContext();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        BotId kept = (await Scheduler.ScheduleAsync(context, BookingHost.Request())).Bot.Id;
        await transaction.CreateSavepointAsync("before");
        BotId undone = (await Scheduler.ScheduleAsync(context, BookingHost.Request())).Bot.Id;
        await transaction.RollbackToSavepointAsync("before");
        await transaction.CommitAsync();
        await Host.Heard.UntilAsync(kept, BotEventKind.Scheduled);

        Assert.Equal([kept], await Host.BotsAsync());
        Assert.Empty(Host.Heard.Of(undone));
    }

    // Mutant: commits that nudge nobody.
    [Fact]
    public async Task The_engine_takes_the_bot_up_when_the_transaction_is_committed_and_does_not_wait_for_its_next_claim()
    {
        await Host.Engine.StartAsync();

        BotId bot = await CommittedAsync(BookingHost.Request() with { JoinAt = null });
        await Host.Heard.UntilAsync(bot, BotEventKind.Joined);

        Assert.Equal([BotEventKind.Scheduled, BotEventKind.Claimed], Host.Heard.Of(bot).Take(2));
        await Host.Engine.StopAsync();
    }

    [Fact]
    public async Task The_commit_may_be_synchronous()
    {
        await Host.Engine.StartAsync();
        BotId bot;
        await using (BookingContext context = Host.NewContext())
        {
            using IDbContextTransaction transaction = context.Database.BeginTransaction();
            bot = (await Scheduler.ScheduleAsync(context, BookingHost.Request() with { JoinAt = null })).Bot.Id;
            transaction.Commit();
        }

        await Host.Heard.UntilAsync(bot, BotEventKind.Joined);
        await Host.Engine.StopAsync();
    }

    // Mutant: rows that are added to the change tracker and saved.
    [Fact]
    public async Task The_hosts_own_changes_wait_for_the_host()
    {
        await using BookingContext context = Host.NewContext();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        context.Bookings.Add(new Booking { Title = "Budget" });

        await Scheduler.ScheduleAsync(context, BookingHost.Request());
        EntityState state = Assert.Single(context.ChangeTracker.Entries()).State;
        await transaction.CommitAsync();

        Assert.Equal(EntityState.Added, state);
        Assert.Equal(0, await Host.CountBookingsAsync());
    }

    [Fact]
    public async Task A_repeated_request_finds_its_bot_in_the_transaction_and_out_of_it()
    {
        BotId outside = await CommittedAsync(BookingHost.Request("outside"));
        await using BookingContext context = Host.NewContext();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        BotRequest byId = BookingHost.Request() with { Id = BotId.New(TimeProvider.System.GetUtcNow()) };

        IReadOnlyList<ScheduleOutcome> outcomes = await Scheduler.ScheduleManyAsync(
            context, [BookingHost.Request("outside"), BookingHost.Request("inside"), BookingHost.Request("inside"), byId, byId]);
        await transaction.CommitAsync();

        Assert.Equal([false, true, false, true, false], outcomes.Select(outcome => outcome.Result!.Created));
        Assert.Equal(outside, outcomes[0].Result!.Bot.Id);
        Assert.Equal(outcomes[1].Result!.Bot.Id, outcomes[2].Result!.Bot.Id);
        Assert.Equal(3, (await Host.BotsAsync()).Count);
    }

    // Mutant (PostgreSQL): a plain INSERT, whose violation ends the transaction.
    [Fact]
    public async Task After_a_conflict_the_transaction_goes_on()
    {
        BotId first = await CommittedAsync(BookingHost.Request("key"));
        await using BookingContext context = Host.NewContext();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        context.Bookings.Add(new Booking { Title = "Budget" });
        await context.SaveChangesAsync();

        var conflict = await Assert.ThrowsAsync<DeduplicationConflictException>(
            () => Scheduler.ScheduleAsync(context, BookingHost.Request("key", "Another name")));
        await transaction.CommitAsync();

        Assert.Equal(first, conflict.ExistingId);
        Assert.Equal(1, await Host.CountBookingsAsync());
    }

    [Fact]
    public async Task The_rules_are_those_of_every_request()
    {
        await using BookingContext context = Host.NewContext();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        BotRequest late = BookingHost.Request(joinAt: TimeProvider.System.GetUtcNow().AddMinutes(-1));
        IBotScheduler tenant = Scheduler.ForTenant("one");

        var refusal = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Scheduler.ScheduleAsync(context, late));
        ScheduleResult own = await tenant.ScheduleAsync(context, BookingHost.Request());
        await Assert.ThrowsAsync<ArgumentException>(() => tenant.ScheduleAsync(context, BookingHost.Request() with { Tenant = "two" }));
        await transaction.CommitAsync();

        Assert.Equal("JoinAt", refusal.ParamName);
        Assert.Equal("one", (await Scheduler.FindAsync(own.Bot.Id))!.Tenant);
        Assert.Single(await Host.BotsAsync());
    }

    [Fact]
    public async Task Schedulers_of_two_names_share_a_transaction()
    {
        await using BookingContext context = Host.NewContext();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        BotId one = (await Scheduler.ScheduleAsync(context, BookingHost.Request("key"))).Bot.Id;
        BotId other = (await Host.Named("other").ScheduleAsync(context, BookingHost.Request("key"))).Bot.Id;
        await transaction.CommitAsync();
        await Host.Heard.UntilAsync(one, BotEventKind.Scheduled);
        await Host.Heard.UntilAsync(other, BotEventKind.Scheduled);

        Assert.Equal([one], await Host.BotsAsync());
        Assert.NotNull(await Host.Named("other").FindAsync(other));
        Assert.Equal(2, Host.Heard.Scheduled.Count());
    }

    [Fact]
    public async Task Without_a_transaction_it_says_how_to_begin_one()
    {
        await using BookingContext context = Host.NewContext();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Scheduler.ScheduleAsync(context, BookingHost.Request()));

        Assert.Contains("context.Database.BeginTransactionAsync()", error.Message, StringComparison.Ordinal);
        Assert.Empty(await Host.BotsAsync());
    }

    /// <summary>40 histories of 30 steps, most of them bots, with a key of three of the history's own or with none.</summary>
    // Mutants: rows that are written on a connection of the store's own; commits that look nothing up; bots that are told of when they are
    // written; a watch that takes a driver's object, used again, for the same transaction.
    [Fact]
    public async Task Whatever_the_host_does_its_bots_are_those_it_committed_and_of_those_it_hears()
    {
        await using var world = new TransactionWorld(Host);
        for (ulong seed = 1; seed <= HistoryCount; seed++)
        {
            TransactionStep[] history = Gen.Sample(Steps.ArrayOf(HistoryLength), 1, new Rnd(seed), HistoryLength).Single();
            foreach (TransactionStep step in history)
            {
                await world.DoAsync(step with { Key = step.Key is null ? null : $"{seed}-{step.Key}" });
            }

            await world.EndAsync();
            Assert.True(world.Committed.SetEquals(await Host.BotsAsync()), $"seed {seed}: the bots are others than {string.Join(", ", history.AsEnumerable())} leave");
        }

        BotId last = await CommittedAsync(BookingHost.Request());
        await Host.Heard.UntilAsync(last, BotEventKind.Scheduled);
        Assert.Equal(world.Committed.Append(last).Order(), Host.Heard.Scheduled.Order());
        Assert.Equal(6, world.Met.Count);
    }

    public async Task InitializeAsync() => _host = await BookingHost.OpenAsync(await CreateDatabaseAsync());

    public async Task DisposeAsync() => await Host.DisposeAsync();

    /// <summary>Names an empty database.</summary>
    protected abstract Task<Action<DbContextOptionsBuilder>> CreateDatabaseAsync();

    private async Task<BotId> CommittedAsync(BotRequest request)
    {
        await using BookingContext context = Host.NewContext();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        ScheduleResult result = await Scheduler.ScheduleAsync(context, request);
        await transaction.CommitAsync();
        return result.Bot.Id;
    }
}
