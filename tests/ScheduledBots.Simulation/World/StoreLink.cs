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

    private static readonly TimeSpan LongestLock = TimeSpan.FromMilliseconds(20);

    private readonly Dice _dice = Dice.For(world.Plan.Seed, $"link {process.Number}");
    private readonly Dice _rare = Dice.For(world.Plan.Seed, $"rare of link {process.Number}");

    public StoreTraits Traits => world.Store.Traits;

    public Task InitializeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.Insert(process, bots), cancellationToken);

    public Task<ChangeOutcome> ChangeAsync(BotChange change, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.Change(process, change), cancellationToken);

    public Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken) => SendAsync(() => world.Store.Find(id), cancellationToken);

    public Task<IReadOnlyList<BotSnapshot>> FindManyAsync(IReadOnlyList<BotId> ids, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.FindMany(ids), cancellationToken);

    public Task<IReadOnlyList<BotSnapshot>> ListAsync(BotQuery query, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.List(query), cancellationToken);

    public Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(BotId id, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.History(id), cancellationToken);

    public Task<ClaimOutcome> ClaimAsync(ClaimQuery query, CancellationToken cancellationToken)
    {
        world.Store.Suspect(process, query.Owner, "claim");
        IReadOnlyList<BotId> seen = [];
        return SendAsync(() => world.Store.Claim(process, query, seen), cancellationToken, () => seen = world.Store.SeeDue(query));
    }

    public Task<IReadOnlyList<BotSnapshot>> ArmAsync(ArmQuery query, CancellationToken cancellationToken)
    {
        world.Store.Suspect(process, query.Owner, "arm");
        return SendAsync(() => world.Store.Arm(process, query), cancellationToken);
    }

    public Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.Commit(process, commits), cancellationToken);

    public Task<IReadOnlyList<BotMark>> ReadMarksAsync(OwnedQuery query, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.ReadMarks(query), cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.Prune(process, settledBefore, limit), cancellationToken);

    public Task<ChangeOutcome> EraseAsync(BotId id, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.Erase(process, id), cancellationToken);

    public Task<BeatOutcome> BeatAsync(BeatQuery query, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.Beat(process, query), cancellationToken);

    public Task<bool> DeclareDeadAsync(NodeId node, long observedBeat, CancellationToken cancellationToken) =>
        SendAsync(() => world.Store.DeclareDead(process, node, observedBeat), cancellationToken);

    public Task<IReadOnlyList<BotSnapshot>> AdoptAsync(AdoptQuery query, CancellationToken cancellationToken)
    {
        world.Store.Suspect(process, query.Owner, "adopt");
        return SendAsync(() => world.Store.Adopt(process, query), cancellationToken);
    }

    /// <param name="apply">What the store makes of the statement.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <param name="begin">What the statement reads first, where it may have to wait for the locks of others before it is applied.</param>
    private Task<T> SendAsync<T>(Func<T> apply, CancellationToken cancellationToken, Action? begin = null)
    {
        world.Timeline.AssertThread();
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var call = new StoreCall<T>(apply, begin, cancellationToken);
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
        else if (world.Outage.Cuts > 0 && _rare.Chance(world.Outage.Cuts))
        {
            Answer(call, Travel(), new IOException("simulated: connection lost"));
            world.Timeline.Add(_rare.Between(TimeSpan.Zero, world.Outage.MostLate).Ticks, null, null, _ => Begin(call, () => ApplyLate(call)), null);
        }
        else
        {
            // It travels on whatever becomes of its sender: a statement that is on its way outlives the process.
            world.Timeline.Add(Travel() + world.Outage.Delay.Ticks, null, null, _ => Begin(call, () => Arrive(call)), null);
        }

        return call.Task;
    }

    /// <summary>A statement that sees rows and then writes them may meet others in between: one in a few waits for a lock.</summary>
    private void Begin<T>(StoreCall<T> call, Action then)
    {
        if (!call.Begin() || !_rare.Chance(0.2))
        {
            then();
            return;
        }

        world.Timeline.Add(_rare.Between(TimeSpan.Zero, LongestLock).Ticks, null, null, _ => then(), null);
    }

    /// <summary>Nobody waits for it any more.</summary>
    private void ApplyLate<T>(StoreCall<T> call)
    {
        if (world.Outage.Refuses == 0 && world.Outage.Hangs == 0)
        {
            call.Apply();
        }
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
            world.Timeline.Add(Travel() + process.Machine.Cable.AnswerDelay.Ticks, process, null, _ => call.Complete(answer), null);
        }
    }

    /// <summary>An answer finds no context, like one on a thread of the pool.</summary>
    private void Answer<T>(StoreCall<T> call, long delay, Exception error) =>
        world.Timeline.Add(delay, process, null, _ => call.Fail(error), null);

    private long Travel() => _dice.Between(world.Plan.Latency.Least, world.Plan.Latency.Most).Ticks;
}
