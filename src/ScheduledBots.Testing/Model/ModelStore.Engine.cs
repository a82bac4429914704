using System.Diagnostics;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Model;

/// <summary>The verbs of an engine for its bots: claim, arm, commit, read marks, prune.</summary>
public sealed partial class ModelStore
{
    /// <inheritdoc/>
    public Task<ClaimOutcome> ClaimAsync(ClaimQuery query, CancellationToken cancellationToken) => Locked(() => ClaimSeen(query, SeeDue(query)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> ArmAsync(ArmQuery query, CancellationToken cancellationToken) => LockedList(() => Arm(query));

    /// <inheritdoc/>
    public Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commits);
        return LockedList(() => commits.Select(Commit));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotMark>> ReadMarksAsync(OwnedQuery query, CancellationToken cancellationToken) =>
        LockedList(() => InOrder(row => row.Owner == query.Owner && !IsSettled(row) && IsBehind(row, query.After)).Take(query.Limit).Select(BotMark.Of));

    /// <inheritdoc/>
    public Task<int> PruneAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken) =>
        Locked(() => Prune(settledBefore, limit));

    /// <summary>
    /// The first half of a claim: which bots it means to take. A database sees them when the statement begins, and writes
    /// each when it has its lock, so the second half judges each of them again.
    /// </summary>
    internal IReadOnlyList<BotId> SeeDue(ClaimQuery query)
    {
        lock (_lock)
        {
            List<BotSnapshot> due = [.. InOrder(row => IsDue(row, query))];
            return Has(query.Owner, NodeStatus.Alive) ? [.. due.Take(query.Share(due.Count, AliveCount)).Select(row => row.Id)] : [];
        }
    }

    /// <summary>The second half: takes those that may still be taken.</summary>
    internal ClaimOutcome ClaimSeen(ClaimQuery query, IReadOnlyList<BotId> seen)
    {
        lock (_lock)
        {
            if (!Has(query.Owner, NodeStatus.Alive))
            {
                return new ClaimOutcome([], null);
            }

            List<BotSnapshot> taken = [];
            foreach (BotSnapshot row in seen.Select(id => _rows.GetValueOrDefault(id)).OfType<BotSnapshot>().Where(row => IsDue(row, query)))
            {
                taken.Add(ClaimedBy(row, query.Owner));
                Write(taken[^1]);
            }

            // What is left to other nodes is asked for again; a shared store cannot know what others will write.
            return new ClaimOutcome(taken, taken.Count < query.Limit && Traits.HasSingleEngine ? NextJoinAt(query) : null);
        }
    }

    private static BotSnapshot ClaimedBy(BotSnapshot row, NodeId owner) => Bot.FromSnapshot(row) switch
    {
        ScheduledBot scheduled => scheduled.ClaimedBy(owner).ToSnapshot(),
        StagedBot staged => staged.ClaimedBy(owner).ToSnapshot(),
        Bot other => throw new UnreachableException($"{other} cannot be claimed"),
    };

    /// <summary>The earliest of the bots that are left, each by the rule of <see cref="ClaimOutcome.NextJoinAt"/>.</summary>
    private DateTimeOffset NextJoinAt(ClaimQuery query)
    {
        TimeSpan horizon = query.DueBefore - query.Now;
        return InOrder(IsUnowned)
            .Select(row => IsReady(row, query.Now) ? row.JoinAt : Later(row.JoinAt, Add(row.NotBefore!.Value, horizon)))
            .DefaultIfEmpty(DateTimeOffset.MaxValue)
            .Min();
    }

    private List<BotSnapshot> Arm(ArmQuery query)
    {
        List<BotSnapshot> armed = [];
        if (!Has(query.Owner, NodeStatus.Alive, NodeStatus.Draining))
        {
            return armed;
        }

        foreach (BotSnapshot row in InOrder(row =>
            row.Status == BotStatus.Staged
            && row.Owner == query.Owner
            && row.StagedFence == row.Fence
            && row.ArmedUntil is null
            && row.JoinAt < query.DueBefore
            && IsReady(row, query.Now)))
        {
            BotSnapshot next = ((StagedBot)Bot.FromSnapshot(row)).Arm(Later(row.JoinAt, query.Now) + query.Window).ToSnapshot();
            Write(next);
            armed.Add(next);
        }

        return armed;
    }

    private CommitOutcome Commit(BotCommit commit)
    {
        BotSnapshot? row = _rows.GetValueOrDefault(commit.Next.Id);
        if (row is null || row.Owner != commit.Owner || row.Fence != commit.Fence || row.Status != commit.From
            || (commit.Attempt is not null && row.Attempt != commit.Attempt) || (commit.IsArmed && row.ArmedUntil is null))
        {
            return CommitOutcome.Fenced;
        }

        // The columns of the request and of the callers stay as they are.
        Write(
            commit.Next with
            {
                Tenant = row.Tenant,
                DeduplicationKey = row.DeduplicationKey,
                RequestHash = row.RequestHash,
                CreatedAt = row.CreatedAt,
                TraceParent = row.TraceParent,
                MeetingUrl = row.MeetingUrl,
                Name = row.Name,
                Metadata = row.Metadata,
                JoinAt = row.JoinAt,
                Attempt = Math.Max(row.Attempt, commit.Next.Attempt),
                Version = row.Version + 1,
            },
            commit.History);
        return CommitOutcome.Applied;
    }

    private int Prune(DateTimeOffset settledBefore, int limit)
    {
        List<BotSnapshot> old = [.. _rows.Values
            .Where(row => IsSettled(row) && row.SettledAt < settledBefore)
            .OrderBy(row => row.SettledAt)
            .ThenBy(row => row.Id)
            .Take(limit)];
        old.ForEach(row => Delete(row.Id));
        ForgetNodes(settledBefore);
        return old.Count;
    }

    private List<BotSnapshot> InOrder(Func<BotSnapshot, bool> condition) =>
        [.. _rows.Values.Where(condition).OrderBy(row => row.JoinAt).ThenBy(row => row.Id)];

    private static bool IsUnowned(BotSnapshot row) => row.Owner is null && row.Status is BotStatus.Scheduled or BotStatus.Staged;

    private static bool IsDue(BotSnapshot row, ClaimQuery query) => IsUnowned(row) && row.JoinAt < query.DueBefore && IsReady(row, query.Now);

    private static bool IsReady(BotSnapshot row, DateTimeOffset now) => row.NotBefore is null || row.NotBefore <= now;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>The end of time where the sum lies beyond it.</summary>
    private static DateTimeOffset Add(DateTimeOffset instant, TimeSpan span) =>
        DateTimeOffset.MaxValue - instant < span ? DateTimeOffset.MaxValue : instant + span;
}
