using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Chaos.Node;

/// <summary>The store, with points on the way to it and back where the node may die.</summary>
internal sealed class CrashingStore(IBotStore store, Crash crash) : IBotStore
{
    public StoreTraits Traits => store.Traits;

    public Task InitializeAsync(CancellationToken cancellationToken) => store.InitializeAsync(cancellationToken);

    public Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken) =>
        store.InsertAsync(bots, cancellationToken);

    public Task<ChangeOutcome> ChangeAsync(BotChange change, CancellationToken cancellationToken) => store.ChangeAsync(change, cancellationToken);

    public Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    public Task<IReadOnlyList<BotSnapshot>> FindManyAsync(IReadOnlyList<BotId> ids, CancellationToken cancellationToken) =>
        store.FindManyAsync(ids, cancellationToken);

    public Task<IReadOnlyList<BotSnapshot>> ListAsync(BotQuery query, CancellationToken cancellationToken) => store.ListAsync(query, cancellationToken);

    public Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(BotId id, CancellationToken cancellationToken) => store.HistoryAsync(id, cancellationToken);

    public async Task<ClaimOutcome> ClaimAsync(ClaimQuery query, CancellationToken cancellationToken)
    {
        ClaimOutcome outcome = await store.ClaimAsync(query, cancellationToken);
        PassWith(outcome.Bots, CrashPoint.AfterClaim);
        return outcome;
    }

    public async Task<IReadOnlyList<BotSnapshot>> ArmAsync(ArmQuery query, CancellationToken cancellationToken)
    {
        crash.At(CrashPoint.BeforeArm);
        IReadOnlyList<BotSnapshot> armed = await store.ArmAsync(query, cancellationToken);
        PassWith(armed, CrashPoint.AfterArm);
        return armed;
    }

    public async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken)
    {
        bool stages = commits.Any(commit => commit.Next is { Status: BotStatus.Staged, Owner: not null });
        bool ends = commits.Any(commit => commit.Next.Status == BotStatus.Joined);
        Pass(stages, CrashPoint.BeforeStageCommit);
        Pass(ends, CrashPoint.BeforeResultCommit);
        Pass(commits.Any(commit => commit.Next is { Status: BotStatus.Scheduled or BotStatus.Staged, Owner: null }), CrashPoint.WhileHandingBack);
        IReadOnlyList<CommitOutcome> outcomes = await store.CommitAsync(commits, cancellationToken);
        Pass(stages, CrashPoint.AfterStageCommit);
        Pass(ends, CrashPoint.AfterResultCommit);
        return outcomes;
    }

    public Task<IReadOnlyList<BotMark>> ReadMarksAsync(OwnedQuery query, CancellationToken cancellationToken) =>
        store.ReadMarksAsync(query, cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken) =>
        store.PruneAsync(settledBefore, limit, cancellationToken);

    public Task<ChangeOutcome> EraseAsync(BotId id, CancellationToken cancellationToken) => store.EraseAsync(id, cancellationToken);

    public Task<BeatOutcome> BeatAsync(BeatQuery query, CancellationToken cancellationToken)
    {
        Pass(query.Status == NodeStatus.Left, CrashPoint.BeforeLeaving);
        return store.BeatAsync(query, cancellationToken);
    }

    public Task<bool> DeclareDeadAsync(NodeId node, long observedBeat, CancellationToken cancellationToken) =>
        store.DeclareDeadAsync(node, observedBeat, cancellationToken);

    public async Task<IReadOnlyList<BotSnapshot>> AdoptAsync(AdoptQuery query, CancellationToken cancellationToken)
    {
        IReadOnlyList<BotSnapshot> adopted = await store.AdoptAsync(query, cancellationToken);
        PassWith(adopted, CrashPoint.AfterAdopt);
        return adopted;
    }

    private void PassWith(IReadOnlyList<BotSnapshot> bots, CrashPoint point) => Pass(bots.Count > 0, point);

    private void Pass(bool isThere, CrashPoint point)
    {
        if (isThere)
        {
            crash.At(point);
        }
    }
}
