using Microsoft.EntityFrameworkCore;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Sql;

/// <summary>The verbs of an engine for which SQLite has the portable form, and PostgreSQL one statement: share, commit, prune.</summary>
internal sealed partial class PostgresVerbs
{
    /// <inheritdoc/>
    /// <remarks>
    /// Asked before the claim, not within it: a planner that does not know how few rows a claim takes reads the whole table for
    /// them, 1.3 s instead of 40 ms among two million. A node that is alone takes what there is, and nothing is counted; of
    /// several as many are counted as they together may take, and no more, for the count reads each row.
    /// </remarks>
    protected override async Task<int> ShareAsync(DbContext context, ClaimQuery query, CancellationToken cancellationToken)
    {
        SqlTables tables = Tables(context);
        string sql = $"""
            SELECT CASE WHEN alive.n < 2 THEN @limit
                ELSE least(@limit, ((SELECT count(*) FROM (
                    SELECT 1 FROM {tables.Bots} WHERE scheduler = @scheduler AND {Due}
                    ORDER BY join_at, id LIMIT @limit::bigint * least(alive.n, {MaxCountedLimits})) AS counted) + alive.n - 1) / alive.n)::integer
                END AS "Value"
            FROM (SELECT count(*) AS n FROM {tables.Nodes} WHERE scheduler = @scheduler AND status = 0) AS alive
            """;
        using SqlParameters parameters = Parameters(context)
            .Add("now", Micros.Floor(query.Now))
            .Add("due_before", Micros.Ceiling(query.DueBefore))
            .Add("limit", query.Limit);
        return (await context.Database.SqlQueryRaw<int>(sql, [.. parameters.All]).ToListAsync(cancellationToken))[0];
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Rows are locked in the order in which an arming locks them. Locked in whatever order the planner joins, a commit and an
    /// arming that share two rows would wait for each other, and the server takes a second to see that: too long before a join.
    /// The rows held are counted, not joined: the planner joins two sets of unknown size row by row, a million comparisons for
    /// a thousand commits.
    /// </remarks>
    public override async Task<IReadOnlyList<CommitOutcome>> CommitAsync(
        DbContext context, IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken)
    {
        SqlTables tables = Tables(context);
        BotEntity[] rows = [.. commits.Select(commit => BotEntity.From(Scheduler, commit.Next))];
        string sql = $"""
            WITH held AS MATERIALIZED (
                SELECT 1 FROM {tables.Bots} WHERE scheduler = @scheduler AND id = ANY(@r_id) ORDER BY join_at, id FOR UPDATE),
            done AS (
                UPDATE {tables.Bots} AS b
                SET {string.Join(", ", BotColumn.Engines.Select(Assignment))}, version = b.version + 1
                FROM {Rows([("id", "uuid"), ("if_owner", "uuid"), ("if_fence", "bigint"), ("if_state", "smallint"), ("if_attempt", "integer"), ("if_armed", "boolean"), .. BotColumn.Engines.Select(column => (column.Name, column.PostgresType))])}
                WHERE (SELECT count(*) FROM held) >= 0 AND b.scheduler = @scheduler AND b.id = r.id AND b.owner = r.if_owner AND b.fence = r.if_fence AND b.state = r.if_state
                    AND (r.if_attempt IS NULL OR b.attempt = r.if_attempt) AND (NOT r.if_armed OR b.armed_until IS NOT NULL)
                RETURNING r.ord, b.id, b.version),
            {AddHistory(tables)}
            SELECT ord AS "Value" FROM done
            """;
        using SqlParameters parameters = Parameters(context)
            .Add("r_ord", Enumerable.Range(0, rows.Length).ToArray())
            .Add("r_id", rows.Select(row => row.Id).ToArray())
            .Add("r_if_owner", commits.Select(commit => commit.Owner.Value).ToArray())
            .Add("r_if_fence", commits.Select(commit => commit.Fence.Value).ToArray())
            .Add("r_if_state", commits.Select(commit => (short)commit.From).ToArray())
            .Add("r_if_attempt", commits.Select(commit => commit.Attempt).ToArray())
            .Add("r_if_armed", commits.Select(commit => commit.IsArmed).ToArray());
        foreach (BotColumn column in BotColumn.Engines)
        {
            parameters.Add("r_" + column.Name, column.Values(rows));
        }

        AddLines(parameters, [.. commits.Select(commit => commit.History)]);
        HashSet<int> applied = [.. await context.Database.SqlQueryRaw<int>(sql, [.. parameters.All]).ToListAsync(cancellationToken)];
        return [.. commits.Select((_, ord) => applied.Contains(ord) ? CommitOutcome.Applied : CommitOutcome.Fenced)];
    }

    /// <inheritdoc/>
    public override async Task<int> PruneAsync(DbContext context, DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken)
    {
        SqlTables tables = Tables(context);
        using SqlParameters parameters = Parameters(context).Add("before", Micros.Ceiling(settledBefore)).Add("limit", limit);
        string sql = $"""
            WITH old AS MATERIALIZED (
                SELECT id FROM {tables.Bots} WHERE scheduler = @scheduler AND state >= 3 AND settled_at < @before
                ORDER BY settled_at, id LIMIT @limit FOR UPDATE SKIP LOCKED),
            gone AS (DELETE FROM {tables.Bots} AS b USING old WHERE b.scheduler = @scheduler AND b.id = old.id RETURNING b.id),
            lines AS (DELETE FROM {tables.History} AS h USING gone WHERE h.scheduler = @scheduler AND h.bot_id = gone.id),
            nodes AS (DELETE FROM {tables.Nodes} WHERE scheduler = @scheduler AND status >= 2 AND seen_at < @before)
            SELECT count(*)::integer AS "Value" FROM gone
            """;
        return (await context.Database.SqlQueryRaw<int>(sql, [.. parameters.All]).ToListAsync(cancellationToken))[0];
    }

    /// <summary>The attempt never falls: an arming may have come between the engine's decision and its commit.</summary>
    private static string Assignment(BotColumn column) => column.Property == nameof(BotEntity.Attempt)
        ? "attempt = greatest(b.attempt, r.attempt)"
        : $"{column.Name} = r.{column.Name}";
}
