using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace ScheduledBots.Storage.EfCore.HostTransactions;

/// <summary>
/// Sees the host's transactions being committed through their contexts. One that is committed behind them (on the driver's own object) is
/// not seen: its bots are found by the next claim, and observers hear of them first when they are claimed.
/// </summary>
/// <remarks>
/// Thread-safe. A transaction that is rolled back, or forgotten, takes its bots with it: nothing here keeps it alive. A driver may use
/// the object of a transaction again for the next one (Npgsql does), which must not be told of the bots of the last: EF Core's id tells them apart.
/// </remarks>
internal sealed class CommitWatch : DbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbTransaction, Entry> _transactions = [];

    public void Add(IDbContextTransaction transaction, NewBots bots)
    {
        Entry entry = _transactions.GetOrCreateValue(transaction.GetDbTransaction());
        lock (entry)
        {
            if (entry.Id != transaction.TransactionId)
            {
                entry.Id = transaction.TransactionId;
                entry.Bots.Clear();
            }

            entry.Bots.Add(bots);
        }
    }

    /// <inheritdoc/>
    public override InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        Each(transaction, eventData, bots => bots.BeginCommit());
        return result;
    }

    /// <inheritdoc/>
    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(TransactionCommitting(transaction, eventData, result));

    /// <inheritdoc/>
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => End(transaction, eventData);

    /// <inheritdoc/>
    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        End(transaction, eventData);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>Also called for what failed before a commit was sent; then no bot has begun one.</remarks>
    public override void TransactionFailed(DbTransaction transaction, TransactionErrorEventData eventData) => End(transaction, eventData);

    /// <inheritdoc/>
    public override Task TransactionFailedAsync(
        DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        End(transaction, eventData);
        return Task.CompletedTask;
    }

    private void End(DbTransaction transaction, TransactionEventData eventData) => Each(transaction, eventData, bots => bots.EndCommit());

    private void Each(DbTransaction transaction, TransactionEventData eventData, Action<NewBots> action)
    {
        if (_transactions.TryGetValue(transaction, out Entry? entry))
        {
            lock (entry)
            {
                if (entry.Id == eventData.TransactionId)
                {
                    entry.Bots.ForEach(action);
                }
            }
        }
    }

    private sealed class Entry
    {
        public Guid Id { get; set; }

        public List<NewBots> Bots { get; } = [];
    }
}
