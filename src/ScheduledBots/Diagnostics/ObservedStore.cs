using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Diagnostics;

/// <summary>
/// The store as the face and the engine see it: every call passes through here, so that what was written becomes events,
/// and durations, failures and fenced writes are measured, in one place and for every store.
/// </summary>
/// <remarks>
/// As thread-safe as the store behind it. In the engine it awaits plainly, as everything on the engine's runners does; for
/// the face it leaves the caller's context alone.
/// </remarks>
internal sealed class ObservedStore(
    IBotStore store, BotEvents events, SchedulerMetrics metrics, StoreVitals vitals, EngineClock clock, bool inEngine) : IBotStore
{
    /// <inheritdoc/>
    public StoreTraits Traits => store.Traits;

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken) => CallAsync("initialize", async () =>
    {
        await store.InitializeAsync(cancellationToken).ConfigureAwait(inEngine);
        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken) =>
        WriteAsync("insert", () => store.InsertAsync(bots, cancellationToken), events.Inserted, cancellationToken);

    /// <inheritdoc/>
    public Task<ChangeOutcome> ChangeAsync(BotChange change, CancellationToken cancellationToken) => WriteAsync(
        "change",
        () => store.ChangeAsync(change, cancellationToken),
        (ticket, outcome) => events.Changed(ticket, change, outcome),
        cancellationToken);

    /// <inheritdoc/>
    public Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken) =>
        CallAsync("find", () => store.FindAsync(id, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> FindManyAsync(IReadOnlyList<BotId> ids, CancellationToken cancellationToken) =>
        CallAsync("find_many", () => store.FindManyAsync(ids, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> ListAsync(BotQuery query, CancellationToken cancellationToken) =>
        CallAsync("list", () => store.ListAsync(query, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(BotId id, CancellationToken cancellationToken) =>
        CallAsync("history", () => store.HistoryAsync(id, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<ClaimOutcome> ClaimAsync(ClaimQuery query, CancellationToken cancellationToken) => WriteAsync(
        "claim",
        () => store.ClaimAsync(query, cancellationToken),
        (ticket, outcome) => events.Claimed(ticket, outcome, query.Now),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> ArmAsync(ArmQuery query, CancellationToken cancellationToken) => WriteAsync(
        "arm",
        () => store.ArmAsync(query, cancellationToken),
        (ticket, armed) => events.Armed(ticket, armed, query.Now),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken) => WriteAsync(
        "commit",
        () => store.CommitAsync(commits, cancellationToken),
        (ticket, outcomes) => events.Committed(ticket, commits, outcomes),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotMark>> ReadMarksAsync(OwnedQuery query, CancellationToken cancellationToken) =>
        CallAsync("read_marks", () => store.ReadMarksAsync(query, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<int> PruneAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken)
    {
        int count = await CallAsync("prune", () => store.PruneAsync(settledBefore, limit, cancellationToken), cancellationToken).ConfigureAwait(inEngine);
        metrics.Pruned(count);
        return count;
    }

    /// <inheritdoc/>
    public Task<ChangeOutcome> EraseAsync(BotId id, CancellationToken cancellationToken) => WriteAsync(
        "erase",
        () => store.EraseAsync(id, cancellationToken),
        (ticket, outcome) => events.Erased(ticket, outcome, clock.Now),
        cancellationToken);

    /// <inheritdoc/>
    public async Task<BeatOutcome> BeatAsync(BeatQuery query, CancellationToken cancellationToken)
    {
        BeatOutcome outcome = await CallAsync("beat", () => store.BeatAsync(query, cancellationToken), cancellationToken).ConfigureAwait(inEngine);
        vitals.Met(outcome.Nodes);
        return outcome;
    }

    /// <inheritdoc/>
    public Task<bool> DeclareDeadAsync(NodeId node, long observedBeat, CancellationToken cancellationToken) =>
        CallAsync("declare_dead", () => store.DeclareDeadAsync(node, observedBeat, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> AdoptAsync(AdoptQuery query, CancellationToken cancellationToken) => WriteAsync(
        "adopt",
        () => store.AdoptAsync(query, cancellationToken),
        (ticket, adopted) => events.Adopted(ticket, adopted, query.Now),
        cancellationToken);

    /// <summary>One call that writes: its ticket is held until what it wrote is told.</summary>
    private async Task<T> WriteAsync<T>(
        string verb, Func<Task<T>> call, Action<long, T> tell, CancellationToken cancellationToken)
    {
        long ticket = events.Begin();
        T answer;
        try
        {
            answer = await CallAsync(verb, call, cancellationToken).ConfigureAwait(inEngine);
        }
        catch
        {
            events.Failed(ticket);
            throw;
        }

        tell(ticket, answer);
        return answer;
    }

    private async Task<T> CallAsync<T>(string verb, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        long begun = metrics.BeginStoreCall();
        T answer;
        try
        {
            answer = await call().ConfigureAwait(inEngine);
        }
        catch (Exception error) when (!(error is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // A caller who gave up says nothing about the store.
            vitals.Failed(error.GetType().Name);
            metrics.StoreCallEnded(begun, verb, error.GetType().Name);
            throw;
        }

        vitals.Succeeded();
        metrics.StoreCallEnded(begun, verb, null);
        return answer;
    }
}
