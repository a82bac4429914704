using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ScheduledBots.Storage.EfCore;

/// <summary>
/// Makes every call of the store the same way: on a context of its own, outside of any transaction of the host, once, and
/// with an end. A call that has not ended after <see cref="ServerTimeout"/> is cancelled at the database; after
/// <see cref="ClientTimeout"/> nobody waits for it any more.
/// </summary>
/// <remarks>
/// Thread-safe. Drivers measure their time-outs on the wall clock, which may be set; these run on the monotonic one. What
/// nobody waits for keeps its connection until the driver gives it up, so that no other statement meets a busy one.
/// </remarks>
internal sealed class StoreCalls(IContextSource contexts, StoreFaults faults, TimeProvider time)
{
    public static readonly TimeSpan ServerTimeout = TimeSpan.FromSeconds(1.5);
    public static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(2);

    /// <summary>How often a statement is made that the database has undone as the victim of a deadlock.</summary>
    private const int MaxTries = 4;

    /// <param name="call">What to do, on a context that ends with it.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    /// <param name="limit">How long it may take, or null for <see cref="ServerTimeout"/>.</param>
    public async Task<T> CallAsync<T>(
        Func<DbContext, CancellationToken, Task<T>> call, CancellationToken cancellationToken, TimeSpan? limit = null)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await TimedAsync(call, limit ?? ServerTimeout, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (tries < MaxTries && StoreFaults.WasUndone(error))
            {
                // It was rolled back, so nothing is unknown, and the one that won has ended.
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested && faults.Translate(error) is { } translated)
            {
                throw translated;
            }
        }
    }

    private async Task<T> TimedAsync<T>(
        Func<DbContext, CancellationToken, Task<T>> call, TimeSpan limit, CancellationToken cancellationToken)
    {
        CancellationTokenSource server = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task timeout = Task.Delay(limit, time, server.Token);
        _ = timeout.ContinueWith(
            static (_, state) => ((CancellationTokenSource)state!).Cancel(),
            server,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);

        // On the pool: some drivers work synchronously behind their asynchronous face.
        var contact = new Contact();
        Task<T> running = Task.Run(() => OnceAsync(call, contact, server), CancellationToken.None);
        try
        {
            return await running.WaitAsync(limit + (ClientTimeout - ServerTimeout), time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new StoreSilenceException(contact.WasMade, error);
        }
    }

    private async Task<T> OnceAsync<T>(Func<DbContext, CancellationToken, Task<T>> call, Contact contact, CancellationTokenSource server)
    {
        try
        {
            // The connection would join a transaction of the caller's when it is opened.
            using var outside = new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
            await using LentContext lent = contexts.Lend();
            using IDisposable watching = contact.Watch(lent.Context.Database.GetDbConnection());
            return await new SingleTry(lent.Context).ExecuteAsync(
                (lent.Context, call), (_, state, token) => state.call(state.Context, token), verifySucceeded: null, server.Token).ConfigureAwait(false);
        }
        finally
        {
            await server.CancelAsync().ConfigureAwait(false); // ends the time-out
            server.Dispose();
        }
    }
}
