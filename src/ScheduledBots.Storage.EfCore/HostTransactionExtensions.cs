using Microsoft.EntityFrameworkCore;
using ScheduledBots.Storage.EfCore.HostTransactions;

namespace ScheduledBots.Storage.EfCore;

/// <summary>Schedules bots inside of the host's own transaction: they appear if and only if it is committed.</summary>
/// <remarks>
/// <para>Like the context, for one thread at a time. The context is the one named by <c>UseEfCoreStorage&lt;TContext&gt;()</c>, on the
/// same database, in a transaction: one that it began or was given, or a <see cref="System.Transactions.TransactionScope"/> where the
/// provider takes part in those. The row is written at once, on the context's connection; its change tracker is left alone.</para>
/// <para>Until the commit nobody sees the bot, and neither observers nor metrics hear of it. After a commit through the context the engine
/// of this process claims at once; other processes, and a commit that was not made through the context, have it with their next claim,
/// within a second. Keep the transaction short: SQLite lets nobody else write meanwhile, and on every database a request with the same
/// deduplication key waits for its end. A bot whose JoinAt passes before the commit joins late, or fails as missed, like any other.</para>
/// </remarks>
public static class HostTransactionExtensions
{
    /// <summary>Schedules a bot inside of the transaction of a context. The rules are those of <see cref="IBotScheduler.ScheduleAsync"/>.</summary>
    /// <param name="scheduler">The scheduler, or a view of it.</param>
    /// <param name="context">The host's context, in a transaction.</param>
    /// <param name="request">What is wanted. With an id or a deduplication key a transaction can be repeated whose commit had no answer.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The bot as it will be when the transaction is committed; or one that exists, which may be the transaction's own.</returns>
    /// <exception cref="ArgumentException">The request breaks a rule; the message says which, <c>ParamName</c> is the property of the request.</exception>
    /// <exception cref="LeadTimeTooShortException">The lead time is shorter than the configured minimum.</exception>
    /// <exception cref="DeduplicationConflictException">An unsettled bot has the same key, or a bot that is kept the same id, but was requested differently. The transaction can go on.</exception>
    /// <exception cref="InvalidOperationException">The scheduler keeps its bots elsewhere, the context is not the scheduler's, lacks the tables, or is in no transaction; or the tables ask for a newer library.</exception>
    /// <exception cref="System.Data.Common.DbException">What the database says to a statement in the transaction, for the host to judge.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    public static async Task<ScheduleResult> ScheduleAsync(
        this IBotScheduler scheduler, DbContext context, BotRequest request, CancellationToken cancellationToken = default)
    {
        ScheduleOutcome outcome = (await scheduler.ScheduleManyAsync(context, [request], cancellationToken))[0];
        return outcome.Result ?? throw outcome.Error!;
    }

    /// <summary>Schedules many bots inside of the transaction of a context; a bad request is refused alone.</summary>
    /// <param name="scheduler">The scheduler, or a view of it.</param>
    /// <param name="context">The host's context, in a transaction.</param>
    /// <param name="requests">What is wanted.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>One outcome for each request, in the same order: a result, or the exception that <see cref="ScheduleAsync"/> would throw for the request.</returns>
    /// <exception cref="InvalidOperationException">The scheduler keeps its bots elsewhere, the context is not the scheduler's, lacks the tables, or is in no transaction; or the tables ask for a newer library.</exception>
    /// <exception cref="System.Data.Common.DbException">What the database says to a statement in the transaction, for the host to judge.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler has been disposed.</exception>
    public static async Task<IReadOnlyList<ScheduleOutcome>> ScheduleManyAsync(
        this IBotScheduler scheduler, DbContext context, IReadOnlyList<BotRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentNullException.ThrowIfNull(context);
        if (scheduler is not IHostTransactionScheduler { Store: EfCoreBotStore store } face)
        {
            throw new InvalidOperationException(
                "This scheduler does not keep its bots through the host's context. Register it with UseEfCoreStorage<TContext>(), and resolve it from the container.");
        }

        await store.EnterAsync(context, cancellationToken);
        await using HostTransaction transaction = await HostTransaction.OfAsync(context, cancellationToken);
        var intake = new HostIntake(context, store.Verbs);
        try
        {
            return await face.ScheduleManyAsync(requests, intake, cancellationToken);
        }
        finally
        {
            // Even after an exception: what was inserted before it is kept if the host commits nevertheless.
            if (intake.Inserted.Count > 0)
            {
                transaction.Announce(store.Commits, new NewBots(face, store, intake.Inserted));
            }
        }
    }
}
