using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore.HostTransactions;

/// <summary>Bots that one call has inserted in a transaction of the host's, and who is to hear of them when it is committed.</summary>
/// <remarks>Thread-safe. Each of its calls does its work once.</remarks>
internal sealed class NewBots(IHostTransactionScheduler scheduler, EfCoreBotStore store, IReadOnlyList<BotSnapshot> bots)
{
    private const long None = -1;
    private long _ticket = None;

    /// <summary>The commit is about to be sent.</summary>
    public void BeginCommit()
    {
        if (_ticket == None)
        {
            _ticket = scheduler.BeginCommit();
        }
    }

    /// <summary>
    /// The commit was answered, or failed, which may mean that only its answer was lost. Whatever it came to, and whichever
    /// savepoints were rolled back before: what is in the store now is what there is to tell. The host does not wait for the look.
    /// </summary>
    public void EndCommit()
    {
        long ticket = Interlocked.Exchange(ref _ticket, None);
        if (ticket != None)
        {
            _ = TellAsync(ticket);
        }
    }

    private async Task TellAsync(long ticket)
    {
        IReadOnlyList<BotSnapshot> kept = [];
        try
        {
            await scheduler.NudgeAsync(bots).ConfigureAwait(false);
            kept = await store.KeptAsync(bots, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The store cannot be asked, so nobody knows what was kept and nothing is told. The next claim finds the bots all the same.
        }
        finally
        {
            scheduler.EndCommit(ticket, kept);
        }
    }
}
