using Microsoft.EntityFrameworkCore;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.HostTransactions;
using ScheduledBots.Storage.EfCore.Portable;

namespace ScheduledBots.Storage.EfCore;

/// <summary>Keeps bots in a relational database through EF Core. This class opens the database once and hands each verb to the dialect.</summary>
/// <remarks>
/// Thread-safe. Every call works on a context of its own; the host's contexts and transactions are never used, but where the host hands
/// one over to schedule in (<see cref="HostTransactionExtensions"/>).
/// </remarks>
internal sealed class EfCoreBotStore : IBotStore, IDisposable
{
    /// <summary>The most bots that are looked up in one call: some databases take each as a parameter.</summary>
    private const int MaxLookedUp = 500;

    private readonly IContextSource _contexts;
    private readonly PortableVerbs _verbs;
    private readonly StoreCalls _calls;
    private readonly StoreOpening _opening;
    private readonly WriterCheck _claims;
    private readonly WriterCheck _insertions;
    private readonly BeatLine? _beats;

    public EfCoreBotStore(IContextSource contexts, string scheduler, TimeProvider time, Func<string?, PortableVerbs>? dialect = null, CommitWatch? commits = null)
    {
        _contexts = contexts;
        Commits = commits ?? new CommitWatch();
        _verbs = (dialect ?? Dialects.For(scheduler))(ProviderOf(contexts));
        var faults = new StoreFaults(_verbs.Name, contexts.Cure);
        _calls = new StoreCalls(contexts, faults, time);
        _opening = new StoreOpening(contexts, _calls, _verbs);
        _claims = new WriterCheck(_opening, _calls, time, asksAtOnce: true);
        _insertions = new WriterCheck(_opening, _calls, time, asksAtOnce: false);
        _beats = _verbs.BeatsOnCallersThread ? new BeatLine(contexts, faults) : null;
        Traits = new StoreTraits { Name = _verbs.Name, HasSingleEngine = _verbs.HasSingleEngine, IsDurable = true };
    }

    /// <inheritdoc/>
    public StoreTraits Traits { get; }

    /// <summary>The verbs, for a transaction of the host's.</summary>
    public PortableVerbs Verbs => _verbs;

    /// <summary>What sees the host's transactions being committed.</summary>
    public CommitWatch Commits { get; }

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken) => _opening.EnterAsEngineAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bots);
        await _opening.OpenAsync(cancellationToken);
        await _insertions.NowAndThenAsync(cancellationToken);
        return await InBatchesAsync(bots, _verbs.MaxBatch, _verbs.InsertAsync, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ChangeOutcome> ChangeAsync(BotChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return CallAsync((context, token) => _verbs.ChangeAsync(context, change, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken) =>
        CallAsync((context, token) => _verbs.Reads.FindAsync(context, id, token), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BotSnapshot>> FindManyAsync(IReadOnlyList<BotId> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return await InBatchesAsync(ids.Distinct().Select(id => id.Value), MaxLookedUp, _verbs.Reads.FindManyAsync, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> ListAsync(BotQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync((context, token) => _verbs.Reads.ListAsync(context, query, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(BotId id, CancellationToken cancellationToken) =>
        CallAsync((context, token) => _verbs.Reads.HistoryAsync(context, id, token), cancellationToken);

    /// <inheritdoc/>
    public async Task<ClaimOutcome> ClaimAsync(ClaimQuery query, CancellationToken cancellationToken)
    {
        ClaimOutcome outcome = await CallAsync((context, token) => _verbs.ClaimAsync(context, query, token), cancellationToken);
        if (outcome.Bots.Count == 0)
        {
            // An empty claim is where a node that is too old for the tables is stopped, and it must hear why.
            await _claims.NowAndThenAsync(cancellationToken);
        }

        return outcome;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BotSnapshot>> ArmAsync(ArmQuery query, CancellationToken cancellationToken)
    {
        List<BotSnapshot> armed = [];
        IReadOnlyList<BotSnapshot> some;
        do
        {
            some = await CallAsync((context, token) => _verbs.ArmAsync(context, query, token), cancellationToken);
            armed.AddRange(some);
        }
        while (some.Count == PortableVerbs.MaxArmed);
        return armed;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commits);
        return await InBatchesAsync(commits, _verbs.MaxBatch, _verbs.CommitAsync, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotMark>> ReadMarksAsync(OwnedQuery query, CancellationToken cancellationToken) =>
        CallAsync((context, token) => _verbs.ReadMarksAsync(context, query, token), cancellationToken);

    /// <inheritdoc/>
    public Task<int> PruneAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken) =>
        CallAsync((context, token) => _verbs.PruneAsync(context, settledBefore, limit, token), cancellationToken);

    /// <inheritdoc/>
    public Task<ChangeOutcome> EraseAsync(BotId id, CancellationToken cancellationToken) =>
        CallAsync((context, token) => _verbs.EraseAsync(context, id, token), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>On PostgreSQL it blocks the calling thread, as the port asks for: no shared pool stands between a node and its sign of life.</remarks>
    public async Task<BeatOutcome> BeatAsync(BeatQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (_beats is null)
        {
            return await CallAsync((context, token) => _verbs.BeatAsync(context, query, token), cancellationToken);
        }

        await _opening.OpenAsync(cancellationToken);
        return _beats.Beat(context => _verbs.Beat(context, query));
    }

    /// <inheritdoc/>
    public Task<bool> DeclareDeadAsync(NodeId node, long observedBeat, CancellationToken cancellationToken) =>
        CallAsync((context, token) => _verbs.DeclareDeadAsync(context, node, observedBeat, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> AdoptAsync(AdoptQuery query, CancellationToken cancellationToken) =>
        CallAsync((context, token) => _verbs.AdoptAsync(context, query, token), cancellationToken);

    /// <summary>Opens the store for a transaction on a context of the host's, if that is a context of this scheduler with its tables.</summary>
    public async Task EnterAsync(DbContext context, CancellationToken cancellationToken)
    {
        if (_contexts.Refusal(context) is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }

        await _opening.OpenAsync(cancellationToken);
        await _insertions.NowAndThenAsync(cancellationToken);
    }

    /// <summary>Those of some bots that are in the store.</summary>
    public async Task<IReadOnlyList<BotSnapshot>> KeptAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken)
    {
        HashSet<Guid> ids = [.. await InBatchesAsync(bots.Select(bot => bot.Id.Value), MaxLookedUp, _verbs.Reads.ExistingAsync, cancellationToken)];
        return [.. bots.Where(bot => ids.Contains(bot.Id.Value))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _beats?.Dispose();
        _opening.Dispose();
    }

    /// <summary>However many there are, no call takes longer than its time-out because of it.</summary>
    private async Task<IReadOnlyList<TOut>> InBatchesAsync<TIn, TOut>(
        IEnumerable<TIn> all, int size, Func<DbContext, TIn[], CancellationToken, Task<IReadOnlyList<TOut>>> call, CancellationToken cancellationToken)
    {
        List<TOut> outcomes = [];
        foreach (TIn[] batch in all.Chunk(size))
        {
            outcomes.AddRange(await CallAsync((context, token) => call(context, batch, token), cancellationToken));
        }

        return outcomes;
    }

    private async Task<T> CallAsync<T>(Func<DbContext, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        await _opening.OpenAsync(cancellationToken);
        return await _calls.CallAsync(call, cancellationToken);
    }

    private static string? ProviderOf(IContextSource contexts)
    {
        LentContext lent = contexts.Lend();
        try
        {
            return lent.Context.Database.ProviderName;
        }
        finally
        {
            lent.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
