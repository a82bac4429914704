using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ScheduledBots.Storage.EfCore.HostTransactions;

/// <summary>
/// The transaction a context of the host's is in: one that it began or was given
/// (<c>BeginTransaction</c>, <c>UseTransaction</c>), or the ambient one of a <see cref="TransactionScope"/>.
/// </summary>
/// <remarks>Not thread-safe. Disposing it closes what it opened; it never ends the transaction.</remarks>
internal sealed class HostTransaction : IAsyncDisposable
{
    private readonly DbContext _context;
    private readonly IDbContextTransaction? _own;
    private readonly Transaction? _ambient;

    private HostTransaction(DbContext context, IDbContextTransaction? own, Transaction? ambient)
    {
        _context = context;
        _own = own;
        _ambient = ambient;
    }

    public static async Task<HostTransaction> OfAsync(DbContext context, CancellationToken cancellationToken)
    {
        if (context.Database.CurrentTransaction is { } own)
        {
            return new HostTransaction(context, own, null);
        }

        Transaction ambient = context.Database.GetEnlistedTransaction() ?? Transaction.Current ?? throw new InvalidOperationException(
            $"{context.GetType().Name} is in no transaction that the bot could be part of. Begin one with context.Database.BeginTransactionAsync(), or call ScheduleAsync without the context.");

        // Open until the statements are made, and enlisted by us: a connection string may tell its driver not to.
        await context.Database.OpenConnectionAsync(cancellationToken);
        var transaction = new HostTransaction(context, null, ambient);
        try
        {
            context.Database.EnlistTransaction(ambient);
            return context.Database.GetEnlistedTransaction() == ambient ? transaction : throw new InvalidOperationException(
                $"{context.Database.ProviderName} takes no part in a TransactionScope. Begin the transaction with context.Database.BeginTransactionAsync().");
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has bots told of when the transaction has been committed, as far as that can be seen.</summary>
    public void Announce(CommitWatch watch, NewBots bots)
    {
        if (_own is not null)
        {
            watch.Add(_own, bots);
            return;
        }

        _ambient!.TransactionCompleted += (_, completed) =>
        {
            if (completed.Transaction?.TransactionInformation.Status != TransactionStatus.Aborted)
            {
                bots.BeginCommit();
                bots.EndCommit();
            }
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_ambient is not null)
        {
            await _context.Database.CloseConnectionAsync();
        }
    }
}
