using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Simulation.World;

/// <summary>
/// The store as one process sees it: each verb travels there, is applied, and its answer travels back. Anything may
/// happen on the way; then it ends in an exception, which says nothing about whether it was applied.
/// </summary>
internal sealed class StoreLink(Process process, Simulation world) : IBotStore
{
    /// <summary>How long a caller waits for an answer that does not come.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Dice _dice = Dice.For(world.Plan.Seed, $"link {process.Number}");

    public StoreTraits Traits => world.Store.Traits;

    public Task InitializeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.Insert(process, bots), cancellationToken);

    public Task<ChangeOutcome> ChangeAsync(BotChange change, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.Change(process, change), cancellationToken);

    public Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken) => SendAsync(() => world.Store.Find(id), cancellationToken);

    public Task<IReadOnlyList<BotSnapshot>> ListAsync(BotQuery query, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.List(query), cancellationToken);

    public Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(BotId id, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.History(id), cancellationToken);

    public Task<ClaimOutcome> ClaimAsync(ClaimQuery query, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.Claim(process, query), cancellationToken);

    public Task<IReadOnlyList<BotSnapshot>> ArmAsync(ArmQuery query, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.Arm(process, query), cancellationToken);

    public Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.Commit(process, commits), cancellationToken);

    public Task<IReadOnlyList<BotSnapshot>> ReadOwnedAsync(NodeId owner, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.ReadOwned(owner), cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.Prune(process, settledBefore, limit), cancellationToken);

    public Task<ChangeOutcome> EraseAsync(BotId id, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.Erase(process, id), cancellationToken);

    public Task<BeatOutcome> BeatAsync(BeatQuery query, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.Beat(process, query), cancellationToken);

    public Task<bool> DeclareDeadAsync(NodeId node, long observedBeat, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.DeclareDead(process, node, observedBeat), cancellationToken);

    public Task<IReadOnlyList<BotSnapshot>> AdoptAsync(AdoptQuery query, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.Adopt(process, query), cancellationToken);

    private Task<T> SendAsync<T>(Func<T> apply, CancellationToken cancellationToken)
    {
        world.Timeline.AssertThread();
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var call = new StoreCall<T>(apply, cancellationToken);
        if (!process.IsAlive)
        {
            return call.Task; // its last code runs on for a moment, but nothing leaves it any more
        }

        Cable cable = process.Machine.Cable;
        if (cable.RequestsLost > 0 || world.Outage.Hangs > 0)
        {
            Answer(call, Timeout.Ticks, new TimeoutException("simulated: no answer"));
        }
        else if (world.Outage.Refuses > 0 || _dice.Chance(cable.ErrorBefore))
        {
            Answer(call, Travel(), new IOException("simulated: refused"));
        }
        else
        {
            // It travels on whatever becomes of its sender: a statement that is on its way outlives the process.
            world.Timeline.Add(Travel() + world.Outage.Delay.Ticks, null, null, _ => Arrive(call), null);
        }

        return call.Task;
    }

    private void Arrive<T>(StoreCall<T> call)
    {
        if (world.Outage.Refuses > 0 || world.Outage.Hangs > 0)
        {
            Answer(call, Travel(), new IOException("simulated: refused"));
            return;
        }

        T answer = call.Apply();
        if (process.Machine.Cable.AnswersLost > 0 || process.Machine.Cable.RequestsLost > 0)
        {
            Answer(call, Timeout.Ticks, new TimeoutException("simulated: no answer"));
        }
        else if (_dice.Chance(process.Machine.Cable.ErrorAfter))
        {
            Answer(call, Travel(), new IOException("simulated: connection lost"));
        }
        else
        {
            world.Timeline.Add(Travel(), process, null, _ => call.Complete(answer), null);
        }
    }

    /// <summary>An answer finds no context, like one on a thread of the pool.</summary>
    private void Answer<T>(StoreCall<T> call, long delay, Exception error) =>
        world.Timeline.Add(delay, process, null, _ => call.Fail(error), null);

    private long Travel() => _dice.Between(world.Plan.Latency.Least, world.Plan.Latency.Most).Ticks;
}
