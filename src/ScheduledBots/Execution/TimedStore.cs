using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>
/// A store that engines share, as this one calls it: no call is waited for longer than the time-out, on a monotonic timer. A call that
/// takes longer ends with a <see cref="TimeoutException"/>, which means what every exception of a store means: the
/// outcome is unknown.
/// </summary>
/// <remarks>
/// Thread-safe. <see cref="InitializeAsync"/> may take as long as its caller allows: it may have tables to create. The
/// call that is not waited for any more is asked to stop; what it still throws is nobody's concern.
/// </remarks>
internal sealed class TimedStore(
    IBotStore store, TimeSpan timeout, TimeProvider timeProvider, CallRunner background) : IBotStore
{
    /// <inheritdoc/>
    public StoreTraits Traits => store.Traits;

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken) => store.InitializeAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken) =>
        WaitAsync(token => store.InsertAsync(bots, token), cancellationToken);

    /// <inheritdoc/>
    public Task<ChangeOutcome> ChangeAsync(BotChange change, CancellationToken cancellationToken) =>
        WaitAsync(token => store.ChangeAsync(change, token), cancellationToken);

    /// <inheritdoc/>
    public Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken) =>
        WaitAsync(token => store.FindAsync(id, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> FindManyAsync(IReadOnlyList<BotId> ids, CancellationToken cancellationToken) =>
        WaitAsync(token => store.FindManyAsync(ids, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> ListAsync(BotQuery query, CancellationToken cancellationToken) =>
        WaitAsync(token => store.ListAsync(query, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(BotId id, CancellationToken cancellationToken) =>
        WaitAsync(token => store.HistoryAsync(id, token), cancellationToken);

    /// <inheritdoc/>
    public Task<ClaimOutcome> ClaimAsync(ClaimQuery query, CancellationToken cancellationToken) =>
        WaitAsync(token => store.ClaimAsync(query, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> ArmAsync(ArmQuery query, CancellationToken cancellationToken) =>
        WaitAsync(token => store.ArmAsync(query, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken) =>
        WaitAsync(token => store.CommitAsync(commits, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotMark>> ReadMarksAsync(OwnedQuery query, CancellationToken cancellationToken) =>
        WaitAsync(token => store.ReadMarksAsync(query, token), cancellationToken);

    /// <inheritdoc/>
    public Task<int> PruneAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken) =>
        WaitAsync(token => store.PruneAsync(settledBefore, limit, token), cancellationToken);

    /// <inheritdoc/>
    public Task<ChangeOutcome> EraseAsync(BotId id, CancellationToken cancellationToken) =>
        WaitAsync(token => store.EraseAsync(id, token), cancellationToken);

    /// <inheritdoc/>
    public Task<BeatOutcome> BeatAsync(BeatQuery query, CancellationToken cancellationToken) =>
        WaitAsync(token => store.BeatAsync(query, token), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeclareDeadAsync(NodeId node, long observedBeat, CancellationToken cancellationToken) =>
        WaitAsync(token => store.DeclareDeadAsync(node, observedBeat, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> AdoptAsync(AdoptQuery query, CancellationToken cancellationToken) =>
        WaitAsync(token => store.AdoptAsync(query, token), cancellationToken);

    private async Task<T> WaitAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<T> answer = call(giveUp.Token);
        _ = answer.ContinueWith(
            late =>
            {
                _ = late.Exception;
                giveUp.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        try
        {
            return await answer.WaitAsync(timeout, timeProvider, cancellationToken);
        }
        catch (TimeoutException) when (!answer.IsCompleted)
        {
            background.Post(() => Cancel(giveUp));
            throw;
        }
    }

    /// <summary>Nobody waits for it: a driver may take its time to cancel.</summary>
    private static void Cancel(CancellationTokenSource giveUp)
    {
        try
        {
            giveUp.Cancel();
        }
        catch (Exception error) when (error is AggregateException or ObjectDisposedException)
        {
            // It answered meanwhile, or a callback of the driver threw; it is not waited for either way.
        }
    }
}
