using Microsoft.EntityFrameworkCore;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Sql;

/// <summary>
/// PostgreSQL: many engines, each verb one autocommit statement at READ COMMITTED. Rows of a batch travel as arrays, one
/// for each column, so that a statement has the same text however many they are; claims pass over rows that others hold.
/// </summary>
internal sealed partial class PostgresVerbs(string scheduler) : SqlVerbs(scheduler)
{
    /// <summary>Any number that only this library locks by.</summary>
    private const long SchemaLock = 0x5363_6865_6442_6F74;

    /// <summary>How many times a node's limit are counted, at most, to find its share of them.</summary>
    private const int MaxCountedLimits = 64;

    private const string Clock = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    public override string Name => "PostgreSQL";

    public override bool BeatsOnCallersThread => true;

    public override int MaxBatch => 1_000;

    protected override string LockRows => "FOR UPDATE SKIP LOCKED";

    protected override string WaitForRows => "FOR UPDATE";

    /// <inheritdoc/>
    public override Task LockSchemaAsync(DbContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync($"SELECT pg_advisory_xact_lock({SchemaLock})", cancellationToken);

    /// <inheritdoc/>
    public override async Task<bool> HasTablesAsync(DbContext context, CancellationToken cancellationToken)
    {
        using SqlParameters parameters = new SqlParameters(context).Add("table", Tables(context).Schema);
        return await context.Database
            .SqlQueryRaw<bool>("SELECT to_regclass(@table) IS NOT NULL AS \"Value\"", [.. parameters.All])
            .SingleAsync(cancellationToken);
    }

    protected override string IsNode(SqlTables tables, string statuses) =>
        $"EXISTS (SELECT 1 FROM {tables.Nodes} WHERE scheduler = @scheduler AND node_id = @me AND status IN ({statuses}))";

    protected override string IsLost(SqlTables tables) =>
        $"NOT EXISTS (SELECT 1 FROM {tables.Nodes} AS n WHERE n.scheduler = @scheduler AND n.node_id = b.owner AND n.status IN (0, 1))";

    protected override string OfOwner(SqlTables tables, string column) =>
        $"(SELECT n.{column} FROM {tables.Nodes} AS n WHERE n.scheduler = @scheduler AND n.node_id = b.owner)";

    /// <inheritdoc/>
    protected override async Task<bool> ReplaceAsync(
        DbContext context, BotSnapshot next, IReadOnlyList<BotHistoryLine> lines, CancellationToken cancellationToken)
    {
        SqlTables tables = Tables(context);
        BotEntity row = BotEntity.From(Scheduler, next);
        BotColumn[] columns = [.. BotColumn.All.Where(column => column.Name is not ("scheduler" or "id" or "version"))];
        string sql = $"""
            WITH done AS (
                UPDATE {tables.Bots} AS b
                SET {string.Join(", ", columns.Select(column => $"{column.Name} = @{column.Name}::{column.PostgresType}"))}, version = version + 1
                WHERE scheduler = @scheduler AND id = @id AND version = @seen
                RETURNING 0 AS ord, id, version),
            {AddHistory(tables)}
            SELECT ord AS "Value" FROM done
            """;
        using SqlParameters parameters = Parameters(context).Add("id", row.Id).Add("seen", next.Version - 1);
        foreach (BotColumn column in columns)
        {
            parameters.Add(column.Name, column.Value(row));
        }

        AddLines(parameters, [lines]);
        return (await context.Database.SqlQueryRaw<int>(sql, [.. parameters.All]).ToListAsync(cancellationToken)).Count > 0;
    }

    /// <summary>The columns of many rows as a table named r: the place of each first.</summary>
    private static string Rows(IEnumerable<(string Name, string Type)> columns)
    {
        (string Name, string Type)[] all = [("ord", "integer"), .. columns];
        return $"unnest({string.Join(", ", all.Select(column => $"@r_{column.Name}::{column.Type}[]"))}) AS r({string.Join(", ", all.Select(column => column.Name))})";
    }

    /// <summary>Adds the lines of every row that the statement's `done` has written.</summary>
    private static string AddHistory(SqlTables tables) => $"""
        lines AS (
            INSERT INTO {tables.History} (scheduler, bot_id, seq, at, from_state, to_state, node, attempt, reason)
            SELECT @scheduler, done.id, done.version * {HistoryEntity.LinesPerVersion} + h.seq, h.at, h.from_state, h.to_state, h.node, h.attempt, h.reason
            FROM done
            JOIN unnest(@h_ord::integer[], @h_seq::bigint[], @h_at::bigint[], @h_from::smallint[], @h_to::smallint[], @h_node::uuid[], @h_attempt::integer[], @h_reason::smallint[])
                AS h(ord, seq, at, from_state, to_state, node, attempt, reason) ON h.ord = done.ord)
        """;

    private void AddLines(SqlParameters parameters, IReadOnlyList<IReadOnlyList<BotHistoryLine>> histories)
    {
        (int Ord, HistoryEntity Line)[] lines =
            [.. histories.SelectMany((history, ord) => HistoryEntity.From(Scheduler, default, 0, history).Select(line => (ord, line)))];
        parameters
            .Add("h_ord", lines.Select(line => line.Ord).ToArray())
            .Add("h_seq", lines.Select(line => line.Line.Seq).ToArray())
            .Add("h_at", lines.Select(line => line.Line.At).ToArray())
            .Add("h_from", lines.Select(line => line.Line.FromState).ToArray())
            .Add("h_to", lines.Select(line => line.Line.ToState).ToArray())
            .Add("h_node", lines.Select(line => line.Line.Node).ToArray())
            .Add("h_attempt", lines.Select(line => line.Line.Attempt).ToArray())
            .Add("h_reason", lines.Select(line => line.Line.Reason).ToArray());
    }
}
