using Microsoft.EntityFrameworkCore;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore;

/// <summary>The verbs that only read, the same for every provider.</summary>
/// <remarks>Thread-safe; the context is the caller's.</remarks>
internal sealed class StoreReads(string scheduler)
{
    /// <summary>The scheduler's bots.</summary>
    public IQueryable<BotEntity> Bots(DbContext context) =>
        context.Set<BotEntity>().AsNoTracking().Where(row => row.Scheduler == scheduler);

    /// <summary>Reads nothing from every table, naming every column: what is missing is said when the store is opened, not when a bot is due.</summary>
    /// <returns>True: a call answers something.</returns>
    public async Task<bool> TouchAsync(DbContext context, CancellationToken cancellationToken)
    {
        await Bots(context).FirstOrDefaultAsync(row => row.Id == Guid.Empty, cancellationToken);
        await context.Set<NodeEntity>().AsNoTracking().FirstOrDefaultAsync(row => row.Scheduler == scheduler && row.NodeId == Guid.Empty, cancellationToken);
        await context.Set<HistoryEntity>().AsNoTracking().FirstOrDefaultAsync(row => row.Scheduler == scheduler && row.BotId == Guid.Empty, cancellationToken);
        return true;
    }

    public async Task<BotSnapshot?> FindAsync(DbContext context, BotId id, CancellationToken cancellationToken)
    {
        BotEntity? row = await Bots(context).FirstOrDefaultAsync(row => row.Id == id.Value, cancellationToken);
        return row?.ToSnapshot();
    }

    public async Task<IReadOnlyList<BotSnapshot>> FindManyAsync(DbContext context, Guid[] ids, CancellationToken cancellationToken)
    {
        List<BotEntity> rows = await Bots(context).Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToSnapshot())];
    }

    /// <summary>The unsettled bot of a key.</summary>
    public async Task<BotSnapshot?> FindUnsettledAsync(DbContext context, string tenant, string key, CancellationToken cancellationToken)
    {
        BotEntity? row = await Bots(context)
            .FirstOrDefaultAsync(row => row.Tenant == tenant && row.DedupKey == key && row.DedupKey != null && row.State < 3, cancellationToken);
        return row?.ToSnapshot();
    }

    /// <summary>Those of some ids that there are.</summary>
    public async Task<IReadOnlyList<Guid>> ExistingAsync(DbContext context, Guid[] ids, CancellationToken cancellationToken) =>
        await Bots(context).Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<BotSnapshot>> ListAsync(DbContext context, BotQuery query, CancellationToken cancellationToken)
    {
        List<BotEntity> rows = await Filtered(Bots(context), query)
            .OrderBy(row => row.JoinAt)
            .ThenBy(row => row.Id)
            .Take(query.Limit)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToSnapshot())];
    }

    /// <summary>One page of the marks of an owner's bots, in the order of the index that has them.</summary>
    public async Task<IReadOnlyList<BotMark>> ReadMarksAsync(DbContext context, OwnedQuery query, CancellationToken cancellationToken)
    {
        IQueryable<BotEntity> rows = Bots(context).Where(row => row.Owner == query.Owner.Value && row.Owner != null && row.State < 3);
        rows = query.After is { } after ? Behind(rows, Micros.Floor(after.JoinAt), after.Id.Value) : rows;
        return await MarksAsync(rows, query.Limit, cancellationToken);
    }

    /// <summary>The marks of the first of some rows, of which no other column is read.</summary>
    public static async Task<IReadOnlyList<BotMark>> MarksAsync(IQueryable<BotEntity> rows, int limit, CancellationToken cancellationToken)
    {
        var page = await rows
            .OrderBy(row => row.JoinAt)
            .ThenBy(row => row.Id)
            .Take(limit)
            .Select(row => new { row.Id, row.JoinAt, row.Fence, row.Attempt, row.State, row.ArmedUntil })
            .ToListAsync(cancellationToken);
        return [.. page.Select(row => new BotMark(
            new BotId(row.Id), Micros.Instant(row.JoinAt), new Fence(row.Fence), row.Attempt, (BotStatus)row.State, Micros.Instant(row.ArmedUntil)))];
    }

    public async Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(DbContext context, BotId id, CancellationToken cancellationToken)
    {
        List<HistoryEntity> lines = await context.Set<HistoryEntity>()
            .AsNoTracking()
            .Where(line => line.Scheduler == scheduler && line.BotId == id.Value)
            .OrderBy(line => line.Seq)
            .ToListAsync(cancellationToken);
        return [.. lines.Select(line => line.ToLine())];
    }

    private static IQueryable<BotEntity> Filtered(IQueryable<BotEntity> rows, BotQuery query)
    {
        long now = Micros.Floor(query.Now);
        rows = query.Status switch
        {
            null => rows,
            BotStatus.Staged => rows.Where(row => row.State == 1 && (row.Attempt == 0 || row.JoinAt > now)),
            BotStatus.Joining => rows.Where(row => row.State == 2 || (row.State == 1 && row.Attempt > 0 && row.JoinAt <= now)),
            { } status => WithState(rows, (short)status),
        };
        if (query.Tenant is { } tenant)
        {
            rows = rows.Where(row => row.Tenant == tenant);
        }

        if (query.UnsettledKey is { } key)
        {
            rows = rows.Where(row => row.DedupKey != null && row.DedupKey == key && row.State < 3);
        }

        if (query.From is { } from)
        {
            long least = Micros.Ceiling(from);
            rows = rows.Where(row => row.JoinAt >= least);
        }

        if (query.Until is { } until)
        {
            long end = Micros.Ceiling(until);
            rows = rows.Where(row => row.JoinAt < end);
        }

        return query.After is { } after ? Behind(rows, Micros.Floor(after.JoinAt), after.Id.Value) : rows;
    }

    private static IQueryable<BotEntity> WithState(IQueryable<BotEntity> rows, short state) => rows.Where(row => row.State == state);

    // The first condition is implied by the second; databases that read an index from a place need it said.
    private static IQueryable<BotEntity> Behind(IQueryable<BotEntity> rows, long joinAt, Guid id) =>
        rows.Where(row => row.JoinAt >= joinAt && (row.JoinAt > joinAt || row.Id.CompareTo(id) > 0));
}
