using System.Diagnostics;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.InMemory;

/// <summary>The verbs of an engine: beat, adopt, claim, arm, commit, read marks, prune.</summary>
internal sealed partial class InMemoryBotStore
{
    /// <inheritdoc/>
    /// <remarks>One engine uses this store: there is nobody to show that it lives, and no clock but its own.</remarks>
    public Task<BeatOutcome> BeatAsync(BeatQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(new BeatOutcome(Applied: true, StoreNow: null, Nodes: []));

    /// <inheritdoc/>
    public Task<bool> DeclareDeadAsync(NodeId node, long observedBeat, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> AdoptAsync(AdoptQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            BotRow[] lost = [.. _index.Owned
                .Where(row => row.Owner != query.Owner && query.Takes(row.ToSnapshot()))
                .OrderBy(row => row.JoinAt)
                .ThenBy(row => row.Id)
                .Take(query.Limit)];
            return Task.FromResult<IReadOnlyList<BotSnapshot>>([.. lost.Select(row => Write(row, query.Adopt(row.ToSnapshot(), null)))]);
        }
    }

    /// <inheritdoc/>
    public Task<ClaimOutcome> ClaimAsync(ClaimQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            BotRow[] due = [.. _index.Unowned
                .TakeWhile(row => row.JoinAt < query.DueBefore)
                .Where(row => row.NotBefore is not { } notBefore || notBefore <= query.Now)
                .Take(query.Limit)];
            BotSnapshot[] claimed = [.. due.Select(row => Write(row, ClaimedBy(Read(row), query.Owner)))];
            return Task.FromResult(new ClaimOutcome(claimed, claimed.Length < query.Limit ? NextJoinAt(query) : null));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> ArmAsync(ArmQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            BotRow[] due = [.. _index.Armable
                .TakeWhile(row => row.JoinAt < query.DueBefore)
                .Where(row => row.Owner == query.Owner && (row.NotBefore is not { } notBefore || notBefore <= query.Now))];
            return Task.FromResult<IReadOnlyList<BotSnapshot>>(
                [.. due.Select(row => Write(row, ((StagedBot)Read(row)).Arm(query.ArmedUntil(row.JoinAt))))]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commits);
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<CommitOutcome>>([.. commits.Select(Commit)]);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A scan for each page: the one engine of this store reads its rows only after a call that failed, and no call of this store does.</remarks>
    public Task<IReadOnlyList<BotMark>> ReadMarksAsync(OwnedQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<BotMark>>([.. _index.Owned
                .Where(row => row.Owner == query.Owner && IsBehind(row, query.After))
                .OrderBy(row => row.JoinAt)
                .ThenBy(row => row.Id)
                .Take(query.Limit)
                .Select(row => BotMark.Of(row.ToSnapshot()))]);
        }
    }

    /// <inheritdoc/>
    public Task<int> PruneAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            BotRow[] old = [.. _index.Settled.TakeWhile(row => row.SettledAt < settledBefore).Take(limit)];
            foreach (BotRow row in old)
            {
                _index.Remove(row);
            }

            return Task.FromResult(old.Length);
        }
    }

    private CommitOutcome Commit(BotCommit commit)
    {
        BotRow? row = _index.Find(commit.Next.Id);
        if (row is null || row.Owner != commit.Owner || row.Fence != commit.Fence || row.Status != commit.From
            || (commit.Attempt is { } guarded && guarded != (row.Engine?.Attempt ?? 0)) || (commit.IsArmed && row.Engine?.ArmedUntil is null))
        {
            return CommitOutcome.Fenced;
        }

        // An arming may have come between the engine's decision and its commit: the attempt it counted stays counted.
        int attempt = Math.Max(row.Engine?.Attempt ?? 0, commit.Next.Attempt);
        BotSnapshot next = attempt == commit.Next.Attempt ? commit.Next : commit.Next with { Attempt = attempt };
        _index.Change(row, () => row.WriteEngine(next, row.Version + 1));
        row.AddHistory(commit.History);
        return CommitOutcome.Applied;
    }

    /// <summary>The earliest bot that a later claim could take. Only asked after a claim that left none but those in back-off.</summary>
    private DateTimeOffset NextJoinAt(ClaimQuery query)
    {
        DateTimeOffset next = DateTimeOffset.MaxValue;
        foreach (BotRow row in _index.Unowned)
        {
            if (row.JoinAt >= next)
            {
                break; // the rows come by JoinAt, and a back-off only makes one later
            }

            DateTimeOffset again = row.NotBefore is { } notBefore && notBefore > query.Now
                ? Add(notBefore, query.DueBefore - query.Now)
                : row.JoinAt;
            again = again < row.JoinAt ? row.JoinAt : again;
            next = again < next ? again : next;
        }

        return next;
    }

    private static DateTimeOffset Add(DateTimeOffset instant, TimeSpan by) =>
        by > DateTimeOffset.MaxValue - instant ? DateTimeOffset.MaxValue : instant + by;

    private static Bot ClaimedBy(Bot bot, NodeId owner) => bot switch
    {
        ScheduledBot scheduled => scheduled.ClaimedBy(owner),
        StagedBot staged => staged.ClaimedBy(owner),
        _ => throw new UnreachableException($"{bot} is not among the bots that can be claimed"),
    };

    private BotSnapshot Write(BotRow row, Bot next)
    {
        BotSnapshot written = next.ToSnapshot(); // with its version raised, as every transition does
        _index.Change(row, () => row.Write(written, written.Version));
        return written;
    }
}
