using Microsoft.EntityFrameworkCore;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;
using ScheduledBots.Storage.EfCore.Portable;

namespace ScheduledBots.Storage.EfCore.Sql;

/// <summary>
/// The set-based verbs in SQL that PostgreSQL and SQLite share: claim, arm, adopt, one statement each, however many bots.
/// What differs is said by a few phrases of the dialect.
/// </summary>
/// <remarks>
/// A predicate stands twice: in the selection, and on the row that is written. PostgreSQL checks the row again after it has
/// waited for a lock, not the selection. The second time it is said so that no index but the key can answer it: planners
/// without statistics were seen to walk a whole index for each row selected, or for each row of the index the selection. An
/// adoption orders by a sum for the same reason: by the bare column, it was read off an index of all bots, settled ones too.
/// </remarks>
internal abstract class SqlVerbs(string scheduler) : PortableVerbs(scheduler)
{
    /// <summary>What a claim takes; uses @due_before and @now.</summary>
    protected const string Due = "owner IS NULL AND state IN (0, 1) AND join_at < @due_before AND (not_before IS NULL OR not_before <= @now)";
    private const string Armable = "state + 0 = 1 AND staged_fence = fence AND armed_until IS NULL AND join_at < @due_before AND (not_before IS NULL OR not_before <= @now)";
    private const string Lost = "owner IS NOT NULL AND state < 3 AND owner <> @me AND (armed_until IS NULL OR armed_until < @closed_before)";
    private const string StillArmable = "b.state + 0 = 1 AND b.staged_fence = b.fence AND b.armed_until IS NULL AND b.join_at + 0 < @due_before AND (b.not_before IS NULL OR b.not_before <= @now)";
    private const string StillDue = "b.owner IS NULL AND b.state + 0 IN (0, 1) AND b.join_at + 0 < @due_before AND (b.not_before IS NULL OR b.not_before <= @now)";
    private const string StillLost = "b.owner IS NOT NULL AND b.state + 0 < 3 AND b.owner <> @me AND (b.armed_until IS NULL OR b.armed_until < @closed_before)";
    private static readonly string Returned = $"RETURNING {BotColumn.Names(BotColumn.All)}, lateness";

    private SqlTables? _tables;

    /// <summary>Ends a selection of rows that the same statement writes.</summary>
    protected abstract string LockRows { get; }

    /// <summary>The same, where a row that another statement holds is waited for.</summary>
    protected abstract string WaitForRows { get; }

    /// <summary>Whether the asking node, @me, has one of the statuses.</summary>
    protected abstract string IsNode(SqlTables tables, string statuses);

    /// <summary>Whether the owner of the row b will not come back.</summary>
    protected abstract string IsLost(SqlTables tables);

    /// <summary>What the store knows of the owner of the row b, or null.</summary>
    protected abstract string OfOwner(SqlTables tables, string column);

    public override async Task<ClaimOutcome> ClaimAsync(DbContext context, ClaimQuery query, CancellationToken cancellationToken)
    {
        int share = await ShareAsync(context, query, cancellationToken);
        SqlTables tables = Tables(context);
        string sql = $"""
            WITH due AS MATERIALIZED (
                SELECT id AS due_id FROM {tables.Bots}
                WHERE scheduler = @scheduler AND {Due}
                    AND {IsNode(tables, "0")}
                    AND {IsWriter(tables)}
                ORDER BY join_at, id
                LIMIT @share
                {LockRows})
            UPDATE {tables.Bots} AS b
            SET owner = @me, fence = fence + 1, version = version + 1, staged_fence = NULL
            FROM due
            WHERE b.scheduler = @scheduler AND b.id = due_id AND {StillDue}
            {Returned}
            """;
        using SqlParameters parameters = Parameters(context)
            .Add("me", query.Owner.Value)
            .Add("now", Micros.Floor(query.Now))
            .Add("due_before", Micros.Ceiling(query.DueBefore))
            .Add("share", share)
            .Add("writer", SchemaEntity.CurrentVersion);
        IReadOnlyList<BotSnapshot> bots = await WrittenAsync(context, sql, parameters, cancellationToken);
        return new ClaimOutcome(InOrder(bots), null);
    }

    public override Task<IReadOnlyList<BotSnapshot>> ArmAsync(DbContext context, ArmQuery query, CancellationToken cancellationToken)
    {
        SqlTables tables = Tables(context);
        string sql = $"""
            WITH armable AS MATERIALIZED (
                SELECT id AS armable_id FROM {tables.Bots}
                WHERE scheduler = @scheduler AND owner = @me AND owner IS NOT NULL AND state < 3 AND {Armable} AND {IsNode(tables, "0, 1")}
                ORDER BY join_at, id
                LIMIT {MaxArmed}
                {WaitForRows})
            UPDATE {tables.Bots} AS b
            SET armed_until = CASE WHEN join_at > @now THEN join_at ELSE @now END + @window,
                attempt = attempt + 1, not_before = NULL, version = version + 1
            FROM armable
            WHERE b.scheduler = @scheduler AND b.id = armable_id AND b.owner = @me AND {StillArmable}
            {Returned}
            """;
        return UsingAsync(Parameters(context)
            .Add("me", query.Owner.Value)
            .Add("now", Micros.Floor(query.Now))
            .Add("due_before", Micros.Ceiling(query.DueBefore))
            .Add("window", query.Window.Ticks / TimeSpan.TicksPerMicrosecond), context, sql, cancellationToken);
    }

    public override async Task<IReadOnlyList<BotSnapshot>> AdoptAsync(DbContext context, AdoptQuery query, CancellationToken cancellationToken)
    {
        SqlTables tables = Tables(context);
        string sql = $"""
            WITH lost AS MATERIALIZED (
                SELECT id AS lost_id FROM {tables.Bots} AS b
                WHERE scheduler = @scheduler AND {Lost} AND {IsLost(tables)} AND {IsNode(tables, "0")} AND {IsWriter(tables)}
                ORDER BY join_at + 0, id
                LIMIT @limit
                {LockRows})
            UPDATE {tables.Bots} AS b
            SET owner = @me, fence = fence + 1, version = version + 1, staged_fence = NULL, armed_until = NULL,
                possibly_started = possibly_started OR armed_until IS NOT NULL,
                crashes = crashes + CASE
                    WHEN coalesce({OfOwner(tables, "status")}, 2) = 3 THEN 0
                    WHEN armed_until IS NOT NULL AND (state = 2 OR join_at <= coalesce({OfOwner(tables, "dead_at")}, @now)) THEN 1
                    WHEN allocating_fence = fence AND (staged_fence IS NULL OR staged_fence <> fence) THEN 1
                    ELSE 0 END
            FROM lost
            WHERE b.scheduler = @scheduler AND b.id = lost_id AND {StillLost} AND {IsLost(tables)}
            {Returned}
            """;
        return InOrder(await UsingAsync(Parameters(context)
            .Add("me", query.Owner.Value)
            .Add("now", Micros.Floor(query.Now))
            .Add("closed_before", Micros.Ceiling(query.ClosedBefore))
            .Add("limit", query.Limit)
            .Add("writer", SchemaEntity.CurrentVersion), context, sql, cancellationToken));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The place is one value of two columns, as the index has them. Said as a choice of two conditions, each page of a herd would walk
    /// over all the bots of its instant that came before.
    /// </remarks>
    public override async Task<IReadOnlyList<BotMark>> ReadMarksAsync(DbContext context, OwnedQuery query, CancellationToken cancellationToken)
    {
        if (query.After is not { } after)
        {
            return await base.ReadMarksAsync(context, query, cancellationToken);
        }

        string sql = $"""
            SELECT id, join_at, fence, attempt, state, armed_until FROM {Tables(context).Bots}
            WHERE scheduler = @scheduler AND owner = @owner AND owner IS NOT NULL AND state < 3 AND (join_at, id) > (@after_join_at, @after_id)
            """;
        using SqlParameters parameters = Parameters(context)
            .Add("owner", query.Owner.Value)
            .Add("after_join_at", Micros.Floor(after.JoinAt))
            .Add("after_id", after.Id.Value);
        IQueryable<BotEntity> behind = context.Set<BotEntity>().FromSqlRaw(sql, [.. parameters.All]).AsNoTracking();
        return await StoreReads.MarksAsync(behind, query.Limit, cancellationToken);
    }

    /// <summary>How many of the due bots the claiming node takes, so that the others find theirs.</summary>
    protected virtual Task<int> ShareAsync(DbContext context, ClaimQuery query, CancellationToken cancellationToken) => Task.FromResult(query.Limit);

    protected SqlTables Tables(DbContext context) => _tables ??= SqlTables.Of(context);

    protected SqlParameters Parameters(DbContext context) => new SqlParameters(context).Add("scheduler", Scheduler);

    /// <summary>The rows that a statement has written.</summary>
    protected static async Task<IReadOnlyList<BotSnapshot>> WrittenAsync(
        DbContext context, string sql, SqlParameters parameters, CancellationToken cancellationToken) =>
        Snapshots(await context.Set<BotEntity>().FromSqlRaw(sql, [.. parameters.All]).AsNoTracking().ToListAsync(cancellationToken));

    /// <summary>Whether the tables still take new work from this library: what it has already it may end.</summary>
    private static string IsWriter(SqlTables tables) => $"(SELECT max(minimum_writer) FROM {tables.Schema}) <= @writer";

    private static async Task<IReadOnlyList<BotSnapshot>> UsingAsync(
        SqlParameters parameters, DbContext context, string sql, CancellationToken cancellationToken)
    {
        using (parameters)
        {
            return await WrittenAsync(context, sql, parameters, cancellationToken);
        }
    }

    /// <summary>An update returns its rows in any order.</summary>
    private static BotSnapshot[] InOrder(IReadOnlyList<BotSnapshot> bots) => [.. bots.OrderBy(bot => bot.JoinAt).ThenBy(bot => bot.Id)];
}
