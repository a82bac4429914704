using System.Collections.Concurrent;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Tests.Hazards;

/// <summary>A store whose engine verbs fail when they are told to.</summary>
internal sealed class FaultyStore(IBotStore inner) : IBotStore
{
    public ConcurrentQueue<StoreFault> ClaimFaults { get; } = [];

    public ConcurrentQueue<StoreFault> ArmFaults { get; } = [];

    public ConcurrentQueue<StoreFault> CommitFaults { get; } = [];

    public ConcurrentQueue<StoreFault> ReadFaults { get; } = [];

    /// <summary>A statement with such a commit is refused as a whole, every time.</summary>
    public Func<BotCommit, bool> Refuses { get; set; } = _ => false;

    /// <summary>The token of the last claim.</summary>
    public CancellationToken LastToken { get; private set; }

    public int RefusalCount { get; private set; }

    /// <summary>How many statements with commits were not refused.</summary>
    public int CommitCount { get; private set; }

    /// <summary>The most rows that one call has read.</summary>
    public int MostRead { get; private set; }

    /// <summary>What slow answers wait for.</summary>
    public TaskCompletionSource Answers { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StoreTraits Traits => inner.Traits;

    public Task InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken) =>
        inner.InsertAsync(bots, cancellationToken);

    public Task<ChangeOutcome> ChangeAsync(BotChange change, CancellationToken cancellationToken) => inner.ChangeAsync(change, cancellationToken);

    public Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public Task<IReadOnlyList<BotSnapshot>> FindManyAsync(IReadOnlyList<BotId> ids, CancellationToken cancellationToken)
    {
        MostRead = Math.Max(MostRead, ids.Count);
        return inner.FindManyAsync(ids, cancellationToken);
    }

    public Task<IReadOnlyList<BotSnapshot>> ListAsync(BotQuery query, CancellationToken cancellationToken) => inner.ListAsync(query, cancellationToken);

    public Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(BotId id, CancellationToken cancellationToken) => inner.HistoryAsync(id, cancellationToken);

    public Task<ClaimOutcome> ClaimAsync(ClaimQuery query, CancellationToken cancellationToken)
    {
        LastToken = cancellationToken;
        return FailAsync(ClaimFaults, () => inner.ClaimAsync(query, cancellationToken));
    }

    public Task<IReadOnlyList<BotSnapshot>> ArmAsync(ArmQuery query, CancellationToken cancellationToken) =>
        FailAsync(ArmFaults, () => inner.ArmAsync(query, cancellationToken));

    public Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken)
    {
        if (commits.Any(Refuses))
        {
            RefusalCount++;
            throw new InvalidOperationException("a row is refused");
        }

        CommitCount++;
        return FailAsync(CommitFaults, () => inner.CommitAsync(commits, cancellationToken));
    }

    public Task<IReadOnlyList<BotMark>> ReadMarksAsync(OwnedQuery query, CancellationToken cancellationToken) =>
        FailAsync(ReadFaults, () => inner.ReadMarksAsync(query, cancellationToken));

    public Task<int> PruneAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken) =>
        inner.PruneAsync(settledBefore, limit, cancellationToken);

    public Task<ChangeOutcome> EraseAsync(BotId id, CancellationToken cancellationToken) => inner.EraseAsync(id, cancellationToken);

    public Task<BeatOutcome> BeatAsync(BeatQuery query, CancellationToken cancellationToken) => inner.BeatAsync(query, cancellationToken);

    public Task<bool> DeclareDeadAsync(NodeId node, long observedBeat, CancellationToken cancellationToken) =>
        inner.DeclareDeadAsync(node, observedBeat, cancellationToken);

    public Task<IReadOnlyList<BotSnapshot>> AdoptAsync(AdoptQuery query, CancellationToken cancellationToken) => inner.AdoptAsync(query, cancellationToken);

    private async Task<T> FailAsync<T>(ConcurrentQueue<StoreFault> faults, Func<Task<T>> call)
    {
        StoreFault fault = faults.TryDequeue(out StoreFault next) ? next : StoreFault.None;
        if (fault == StoreFault.ThrowsBefore)
        {
            throw new InvalidOperationException("the connection is gone");
        }

        T answer = await call();
        await (fault == StoreFault.WaitsAfter ? Answers.Task : Task.CompletedTask);
        return fault switch
        {
            StoreFault.ThrowsAfter => throw new InvalidOperationException("the answer is lost"),
            StoreFault.HangsAfter => await new TaskCompletionSource<T>().Task,
            _ => answer,
        };
    }
}
