using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Portable;

/// <summary>The verbs of an engine for its bots: read marks, claim, arm, commit, prune.</summary>
internal partial class PortableVerbs
{
    /// <summary>The most ids in one statement: some databases make a parameter of each.</summary>
    private const int MaxIds = 500;

    public virtual Task<IReadOnlyList<BotMark>> ReadMarksAsync(DbContext context, OwnedQuery query, CancellationToken cancellationToken) =>
        Reads.ReadMarksAsync(context, query, cancellationToken);

    public virtual async Task<ClaimOutcome> ClaimAsync(DbContext context, ClaimQuery query, CancellationToken cancellationToken)
    {
        if (!await HasAsync(context, query.Owner, [NodeStatus.Alive], cancellationToken)
            || await IsTooOldAsync(context, cancellationToken))
        {
            return new ClaimOutcome([], null);
        }

        long now = Micros.Floor(query.Now);
        long dueBefore = Micros.Ceiling(query.DueBefore);
        IQueryable<BotEntity> due = Reads.Bots(context).Where(row =>
            row.Owner == null && row.State < 2 && row.JoinAt < dueBefore && (row.NotBefore == null || row.NotBefore <= now));
        int share = query.Share(await due.CountAsync(cancellationToken), await AliveCountAsync(context, cancellationToken));
        List<BotEntity> rows = await due.OrderBy(row => row.JoinAt).ThenBy(row => row.Id).Take(share).ToListAsync(cancellationToken);
        return new ClaimOutcome(await EachAsync(context, rows, bot => ClaimedBy(bot, query.Owner), cancellationToken), null);
    }

    public virtual async Task<IReadOnlyList<BotSnapshot>> ArmAsync(DbContext context, ArmQuery query, CancellationToken cancellationToken)
    {
        if (!await HasAsync(context, query.Owner, [NodeStatus.Alive, NodeStatus.Draining], cancellationToken))
        {
            return [];
        }

        long now = Micros.Floor(query.Now);
        long dueBefore = Micros.Ceiling(query.DueBefore);
        List<BotEntity> rows = await Reads.Bots(context)
            .Where(row => row.Owner == query.Owner.Value && row.State == 1 && row.StagedFence == row.Fence && row.ArmedUntil == null)
            .Where(row => row.JoinAt < dueBefore && (row.NotBefore == null || row.NotBefore <= now))
            .OrderBy(row => row.JoinAt)
            .ThenBy(row => row.Id)
            .Take(MaxArmed)
            .ToListAsync(cancellationToken);
        return await EachAsync(context, rows, bot => ((StagedBot)bot).Arm(query.ArmedUntil(bot.JoinAt)), cancellationToken);
    }

    public virtual async Task<IReadOnlyList<CommitOutcome>> CommitAsync(
        DbContext context, IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken)
    {
        // By id, so that two batches never wait for each other in a circle.
        var outcomes = new CommitOutcome[commits.Count];
        return await TogetherAsync(context, async () =>
        {
            foreach (int i in Enumerable.Range(0, commits.Count).OrderBy(i => commits[i].Next.Id))
            {
                outcomes[i] = await CommitAsync(context, commits[i], cancellationToken);
            }

            return outcomes;
        }, cancellationToken);
    }

    public virtual async Task<int> PruneAsync(DbContext context, DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken)
    {
        long before = Micros.Ceiling(settledBefore);
        List<Guid> old = await Reads.Bots(context)
            .Where(row => row.State >= 3 && row.SettledAt < before)
            .OrderBy(row => row.SettledAt)
            .ThenBy(row => row.Id)
            .Take(limit)
            .Select(row => row.Id)
            .ToListAsync(cancellationToken);
        foreach (Guid[] ids in old.Chunk(MaxIds))
        {
            await TogetherAsync(context, async () =>
            {
                await HistoryOf(context, ids).ExecuteDeleteAsync(cancellationToken);
                return await Reads.Bots(context).Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
            }, cancellationToken);
        }

        await Nodes(context).Where(node => node.Status >= 2 && node.SeenAt < before).ExecuteDeleteAsync(cancellationToken);
        return old.Count;
    }

    /// <summary>
    /// Writes each row as the lifecycle says, where nobody else has written it since it was read; in one transaction,
    /// because a database flushes its log once for each.
    /// </summary>
    private Task<IReadOnlyList<BotSnapshot>> EachAsync(
        DbContext context, List<BotEntity> rows, Func<Bot, Bot> next, CancellationToken cancellationToken) =>
        rows.Count == 0 ? Task.FromResult<IReadOnlyList<BotSnapshot>>([]) : TogetherAsync(context, async () =>
        {
            List<BotSnapshot> written = [];
            foreach (BotEntity row in rows)
            {
                BotSnapshot changed = next(Bot.FromSnapshot(row.ToSnapshot())).ToSnapshot();
                if (await ReplaceAsync(context, changed, [], cancellationToken))
                {
                    written.Add(changed);
                }
            }

            return (IReadOnlyList<BotSnapshot>)written;
        }, cancellationToken);

    private async Task<CommitOutcome> CommitAsync(DbContext context, BotCommit commit, CancellationToken cancellationToken)
    {
        BotEntity next = BotEntity.From(Scheduler, commit.Next);
        short from = (short)commit.From;
        int written = await Reads.Bots(context)
            .Where(bot => bot.Id == next.Id && bot.Owner == commit.Owner.Value && bot.Fence == commit.Fence.Value && bot.State == from)
            .Where(bot => (commit.Attempt == null || bot.Attempt == commit.Attempt) && (!commit.IsArmed || bot.ArmedUntil != null))
            .ExecuteUpdateAsync(
                setters => setters.SetEngines(next)
                    .SetProperty(bot => bot.Attempt, bot => bot.Attempt > next.Attempt ? bot.Attempt : next.Attempt)
                    .SetProperty(bot => bot.Version, bot => bot.Version + 1),
                cancellationToken);
        if (written == 0)
        {
            return CommitOutcome.Fenced;
        }

        if (commit.History.Count > 0)
        {
            // The row is ours until the transaction ends.
            long version = await Reads.Bots(context).Where(bot => bot.Id == next.Id).Select(bot => bot.Version).SingleAsync(cancellationToken);
            await AddHistoryAsync(context, commit.Next.Id, version, commit.History, cancellationToken);
        }

        return CommitOutcome.Applied;
    }

    private static Bot ClaimedBy(Bot bot, NodeId owner) => bot switch
    {
        ScheduledBot scheduled => scheduled.ClaimedBy(owner),
        StagedBot staged => staged.ClaimedBy(owner),
        _ => throw new UnreachableException($"{bot} is not among the bots that can be claimed"),
    };
}
