using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Portable;

/// <summary>The verbs by which engines watch over each other: beat, declare dead, adopt.</summary>
internal partial class PortableVerbs
{
    public virtual async Task<BeatOutcome> BeatAsync(DbContext context, BeatQuery query, CancellationToken cancellationToken)
    {
        long now = await NowAsync(context, cancellationToken);
        bool applied = await RaisedAsync(context, query, now, cancellationToken)
            || (query.IsFirst && await RegisteredAsync(context, query, now, cancellationToken));
        List<NodeEntity> nodes = await Nodes(context).AsNoTracking().OrderBy(node => node.NodeId).ToListAsync(cancellationToken);
        return new BeatOutcome(applied, Micros.Instant(now), [.. nodes.Select(node => node.ToRow())]);
    }

    /// <summary>The same on the calling thread; only where <see cref="BeatsOnCallersThread"/>.</summary>
    public virtual BeatOutcome Beat(DbContext context, BeatQuery query) =>
        throw new UnreachableException("the portable form beats asynchronously");

    public virtual async Task<bool> DeclareDeadAsync(DbContext context, NodeId node, long observedBeat, CancellationToken cancellationToken)
    {
        long now = await NowAsync(context, cancellationToken);
        return await Nodes(context)
            .Where(row => row.NodeId == node.Value && row.Status < 2 && row.Beat == observedBeat)
            .ExecuteUpdateAsync(
                setters => setters.SetProperty(row => row.Status, (short)NodeStatus.Dead).SetProperty(row => row.DeadAt, now),
                cancellationToken) > 0;
    }

    public virtual async Task<IReadOnlyList<BotSnapshot>> AdoptAsync(DbContext context, AdoptQuery query, CancellationToken cancellationToken)
    {
        if (!await HasAsync(context, query.Owner, [NodeStatus.Alive], cancellationToken) || await IsTooOldAsync(context, cancellationToken))
        {
            return [];
        }

        long closedBefore = Micros.Ceiling(query.ClosedBefore);
        IQueryable<NodeEntity> beating = Nodes(context).Where(node => node.Status < 2);
        List<BotEntity> rows = await Reads.Bots(context)
            .Where(row => row.Owner != null && row.Owner != query.Owner.Value && row.State < 3)
            .Where(row => row.ArmedUntil == null || row.ArmedUntil < closedBefore)
            .Where(row => !beating.Any(node => node.NodeId == row.Owner))
            .OrderBy(row => row.JoinAt)
            .ThenBy(row => row.Id)
            .Take(query.Limit)
            .ToListAsync(cancellationToken);
        Dictionary<NodeId, NodeRow> nodes = (await Nodes(context).AsNoTracking().ToListAsync(cancellationToken))
            .Select(node => node.ToRow())
            .ToDictionary(node => node.Id);
        return await EachAsync(context, rows, bot => query.Adopt(bot.ToSnapshot(), nodes.GetValueOrDefault(bot.Owner!.Value)), cancellationToken);
    }

    protected IQueryable<NodeEntity> Nodes(DbContext context) => context.Set<NodeEntity>().Where(node => node.Scheduler == Scheduler);

    private async Task<bool> RaisedAsync(DbContext context, BeatQuery query, long now, CancellationToken cancellationToken)
    {
        string name = StoredText.Kept(query.Name);
        string version = StoredText.Kept(query.Version);
        return await Nodes(context)
            .Where(node => node.NodeId == query.Node.Value && node.Status < 2)
            .ExecuteUpdateAsync(
                setters => setters.SetProperty(node => node.Beat, node => node.Beat + 1)
                    .SetProperty(node => node.Status, (short)query.Status)
                    .SetProperty(node => node.SeenAt, now)
                    .SetProperty(node => node.Name, name)
                    .SetProperty(node => node.Version, version),
                cancellationToken) > 0;
    }

    /// <summary>Adds the node unless it is there already, which after a failed raise means that it is dead or left.</summary>
    private async Task<bool> RegisteredAsync(DbContext context, BeatQuery query, long now, CancellationToken cancellationToken)
    {
        if (await Nodes(context).AnyAsync(node => node.NodeId == query.Node.Value, cancellationToken))
        {
            return false;
        }

        context.Add(new NodeEntity
        {
            Scheduler = Scheduler,
            NodeId = query.Node.Value,
            Name = StoredText.Kept(query.Name),
            Version = StoredText.Kept(query.Version),
            Beat = 1,
            Status = (short)query.Status,
            SeenAt = now,
        });
        await context.SaveChangesAsync(cancellationToken);
        context.ChangeTracker.Clear();
        return true;
    }

    private async Task<bool> HasAsync(DbContext context, NodeId id, NodeStatus[] statuses, CancellationToken cancellationToken)
    {
        short? status = await Nodes(context).Where(node => node.NodeId == id.Value).Select(node => (short?)node.Status).FirstOrDefaultAsync(cancellationToken);
        return status is { } known && statuses.Contains((NodeStatus)known);
    }

    /// <summary>Whether the tables take new work from newer libraries only.</summary>
    private static Task<bool> IsTooOldAsync(DbContext context, CancellationToken cancellationToken) =>
        context.Set<SchemaEntity>().AnyAsync(row => row.MinimumWriter > SchemaEntity.CurrentVersion, cancellationToken);

    private async Task<int> AliveCountAsync(DbContext context, CancellationToken cancellationToken) =>
        Math.Max(1, await Nodes(context).CountAsync(node => node.Status == 0, cancellationToken));

    /// <summary>The database's clock: inside a query this property is not the process's but the database's.</summary>
    private static async Task<long> NowAsync(DbContext context, CancellationToken cancellationToken)
    {
#pragma warning disable RS0030 // Translated to the database's own function, which is what is wanted here.
        DateTime now = await context.Set<SchemaEntity>().Select(_ => DateTime.UtcNow).FirstAsync(cancellationToken);
#pragma warning restore RS0030
        return Micros.Floor(new DateTimeOffset(DateTime.SpecifyKind(now, DateTimeKind.Utc)));
    }
}
