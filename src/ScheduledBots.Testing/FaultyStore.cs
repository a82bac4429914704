using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing;

/// <summary>A store that fails when it is told to: before it applied a call, after it, slowly, or altogether.</summary>
/// <param name="inner">The store that does the work.</param>
/// <param name="time">The time its latency takes.</param>
/// <remarks>Thread-safe.</remarks>
public sealed class FaultyStore(IBotStore inner, TimeProvider time) : IBotStore
{
    private readonly Lock _lock = new();
    private readonly List<string> _calls = [];
    private readonly List<(string? Verb, StoreFault Fault)> _next = [];
    private int _runningCount;

    /// <summary>How many calls have not ended.</summary>
    public int RunningCount => Volatile.Read(ref _runningCount);

    /// <summary>The store without its faults, for the test itself to look into.</summary>
    public IBotStore Inner => inner;

    /// <summary>While true every call fails before it is applied.</summary>
    public bool IsOut { get; set; }

    /// <summary>How long each call takes; half of it before it is applied, half of it after.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Says what goes wrong with a call of a verb; asked after <see cref="FailNext"/> and <see cref="IsOut"/> had their say. At first, nothing.</summary>
    public Func<string, StoreFault> Script { get; set; } = _ => StoreFault.None;

    /// <summary>The verbs that were called, in their order.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    /// <inheritdoc/>
    public StoreTraits Traits => inner.Traits;

    /// <summary>Lets the next calls fail.</summary>
    /// <param name="fault">How.</param>
    /// <param name="verb">Which verb, as <c>nameof(IBotStore.CommitAsync)</c>; null for any.</param>
    /// <param name="times">How many of them.</param>
    public void FailNext(StoreFault fault, string? verb = null, int times = 1)
    {
        lock (_lock)
        {
            _next.AddRange(Enumerable.Repeat((verb, fault), times));
        }
    }

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken) =>
        CallAsync(nameof(InitializeAsync), async () =>
        {
            await inner.InitializeAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken) =>
        CallAsync(nameof(InsertAsync), () => inner.InsertAsync(bots, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<ChangeOutcome> ChangeAsync(BotChange change, CancellationToken cancellationToken) =>
        CallAsync(nameof(ChangeAsync), () => inner.ChangeAsync(change, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken) =>
        CallAsync(nameof(FindAsync), () => inner.FindAsync(id, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> FindManyAsync(IReadOnlyList<BotId> ids, CancellationToken cancellationToken) =>
        CallAsync(nameof(FindManyAsync), () => inner.FindManyAsync(ids, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> ListAsync(BotQuery query, CancellationToken cancellationToken) =>
        CallAsync(nameof(ListAsync), () => inner.ListAsync(query, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(BotId id, CancellationToken cancellationToken) =>
        CallAsync(nameof(HistoryAsync), () => inner.HistoryAsync(id, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<ClaimOutcome> ClaimAsync(ClaimQuery query, CancellationToken cancellationToken) =>
        CallAsync(nameof(ClaimAsync), () => inner.ClaimAsync(query, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> ArmAsync(ArmQuery query, CancellationToken cancellationToken) =>
        CallAsync(nameof(ArmAsync), () => inner.ArmAsync(query, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken) =>
        CallAsync(nameof(CommitAsync), () => inner.CommitAsync(commits, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotMark>> ReadMarksAsync(OwnedQuery query, CancellationToken cancellationToken) =>
        CallAsync(nameof(ReadMarksAsync), () => inner.ReadMarksAsync(query, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<int> PruneAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken) =>
        CallAsync(nameof(PruneAsync), () => inner.PruneAsync(settledBefore, limit, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<ChangeOutcome> EraseAsync(BotId id, CancellationToken cancellationToken) =>
        CallAsync(nameof(EraseAsync), () => inner.EraseAsync(id, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<BeatOutcome> BeatAsync(BeatQuery query, CancellationToken cancellationToken) =>
        CallAsync(nameof(BeatAsync), () => inner.BeatAsync(query, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeclareDeadAsync(NodeId node, long observedBeat, CancellationToken cancellationToken) =>
        CallAsync(nameof(DeclareDeadAsync), () => inner.DeclareDeadAsync(node, observedBeat, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> AdoptAsync(AdoptQuery query, CancellationToken cancellationToken) =>
        CallAsync(nameof(AdoptAsync), () => inner.AdoptAsync(query, cancellationToken), cancellationToken);

    private async Task<T> CallAsync<T>(string verb, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        StoreFault fault = NextFault(verb);
        Interlocked.Increment(ref _runningCount);
        try
        {
            await TakeTimeAsync(cancellationToken).ConfigureAwait(false);
            if (fault == StoreFault.BeforeApply)
            {
                throw new StoreFaultException(verb, fault);
            }

            // Plainly: a store that really waits comes back to the virtual thread before it counts as ended.
            T result = await call();
            await TakeTimeAsync(cancellationToken).ConfigureAwait(false);
            return fault == StoreFault.AfterApply ? throw new StoreFaultException(verb, fault) : result;
        }
        finally
        {
            Interlocked.Decrement(ref _runningCount);
        }
    }

    private StoreFault NextFault(string verb)
    {
        lock (_lock)
        {
            _calls.Add(verb);
            int index = _next.FindIndex(next => next.Verb is null || next.Verb == verb);
            if (index >= 0)
            {
                StoreFault fault = _next[index].Fault;
                _next.RemoveAt(index);
                return fault;
            }
        }

        return IsOut ? StoreFault.BeforeApply : Script(verb);
    }

    // Not an await where there is nothing to wait for: a store without latency answers at once.
    private Task TakeTimeAsync(CancellationToken cancellationToken) =>
        Latency > TimeSpan.Zero ? Task.Delay(Latency / 2, time, cancellationToken) : Task.CompletedTask;
}
