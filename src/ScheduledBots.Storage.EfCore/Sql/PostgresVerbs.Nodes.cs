using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Sql;

/// <summary>The verbs by which engines watch over each other: beat, declare dead.</summary>
internal sealed partial class PostgresVerbs
{
    /// <inheritdoc/>
    public override BeatOutcome Beat(DbContext context, BeatQuery query)
    {
        using DbCommand command = context.Database.GetDbConnection().CreateCommand();
        using SqlParameters parameters = Parameters(context)
            .Add("node", query.Node.Value)
            .Add("name", StoredText.Kept(query.Name))
            .Add("version", StoredText.Kept(query.Version))
            .Add("status", (short)query.Status);
        command.CommandText = BeatSql(Tables(context), query.IsFirst);
        command.CommandTimeout = (int)StoreCalls.ClientTimeout.TotalSeconds;
        foreach (DbParameter parameter in parameters.All)
        {
            command.Parameters.Add(parameter);
        }

        using DbDataReader reader = command.ExecuteReader();
        bool applied = reader.Read();
        reader.NextResult();
        reader.Read();
        DateTimeOffset now = Micros.Instant(reader.GetInt64(0));
        reader.NextResult();
        List<NodeRow> nodes = [];
        while (reader.Read())
        {
            nodes.Add(ReadNode(reader).ToRow());
        }

        return new BeatOutcome(applied, now, nodes);
    }

    /// <inheritdoc/>
    public override async Task<bool> DeclareDeadAsync(DbContext context, NodeId node, long observedBeat, CancellationToken cancellationToken)
    {
        using SqlParameters parameters = Parameters(context).Add("node", node.Value).Add("beat", observedBeat);
        string sql = $"""
            UPDATE {Tables(context).Nodes} SET status = 2, dead_at = {Clock}
            WHERE scheduler = @scheduler AND node_id = @node AND status IN (0, 1) AND beat = @beat
            """;
        return await context.Database.ExecuteSqlRawAsync(sql, parameters.All, cancellationToken) > 0;
    }

    /// <summary>Three answers of one round trip: whether it applied, the clock, and the nodes.</summary>
    private static string BeatSql(SqlTables tables, bool isFirst) => (isFirst
        ? $"""
           INSERT INTO {tables.Nodes} AS n (scheduler, node_id, name, version, beat, status, seen_at)
           VALUES (@scheduler, @node, @name, @version, 1, @status, {Clock})
           ON CONFLICT (scheduler, node_id) DO UPDATE
           SET beat = n.beat + 1, status = @status, seen_at = {Clock}, name = @name, version = @version
           WHERE n.status IN (0, 1)
           RETURNING 1;
           """
        : $"""
           UPDATE {tables.Nodes} AS n
           SET beat = n.beat + 1, status = @status, seen_at = {Clock}, name = @name, version = @version
           WHERE scheduler = @scheduler AND node_id = @node AND n.status IN (0, 1)
           RETURNING 1;
           """)
        + $"""

           SELECT {Clock};
           SELECT node_id, name, version, beat, status, seen_at, dead_at FROM {tables.Nodes} WHERE scheduler = @scheduler ORDER BY node_id
           """;

    private NodeEntity ReadNode(DbDataReader reader) => new()
    {
        Scheduler = Scheduler,
        NodeId = reader.GetGuid(0),
        Name = reader.GetString(1),
        Version = reader.GetString(2),
        Beat = reader.GetInt64(3),
        Status = reader.GetInt16(4),
        SeenAt = reader.GetInt64(5),
        DeadAt = reader.IsDBNull(6) ? null : reader.GetInt64(6),
    };
}
