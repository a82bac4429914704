using Microsoft.EntityFrameworkCore;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Sql;

/// <summary>What callers change most, in one statement: updates, reschedules among them, and cancels.</summary>
internal sealed partial class PostgresVerbs
{
    /// <summary>Said as <see cref="ChangeRules"/> does it: the bot is nobody's, and whoever works for it is fenced.</summary>
    private const string Freed = "owner = NULL, fence = fence + 1, not_before = NULL, error_code = NULL, error = NULL";

    /// <inheritdoc/>
    /// <remarks>
    /// A row that is as it usually is, scheduled and of the version and tenant that are asked for, is changed and returned by one
    /// statement. Where there is none, the portable form looks why, and makes the change after all if it has become possible.
    /// </remarks>
    public override async Task<ChangeOutcome> ChangeAsync(DbContext context, BotChange change, CancellationToken cancellationToken)
    {
        if (change.Kind != BotChangeKind.Abort)
        {
            using SqlParameters parameters = ChangeParameters(context, change);
            if (await WrittenAsync(context, ChangeSql(Tables(context), change), parameters, cancellationToken) is [var changed])
            {
                return new ChangeOutcome(ChangeVerdict.Applied, changed);
            }
        }

        return await base.ChangeAsync(context, change, cancellationToken);
    }

    private static string ChangeSql(SqlTables tables, BotChange change)
    {
        string columns = BotColumn.Names(BotColumn.All);
        string set = change.Kind == BotChangeKind.Cancel
            ? $"{Freed}, state = {(int)BotStatus.Cancelled}, settled_at = @at"
            : $"""
            join_at = coalesce(@join_at::bigint, join_at), meeting_url = coalesce(@meeting_url::text, meeting_url),
                    name = coalesce(@name::text, name), metadata = coalesce(@metadata::text, metadata){(change.Fences ? ", " + Freed : "")}
            """;
        string lines = change.Fences
            ? $"""
            ,
            lines AS (
                INSERT INTO {tables.History} (scheduler, bot_id, seq, at, from_state, to_state, node, attempt, reason)
                SELECT scheduler, id, version * {HistoryEntity.LinesPerVersion}, @at, {(int)BotStatus.Scheduled}, state, NULL, attempt, NULL FROM done)
            """
            : "";
        return $"""
            WITH done AS (
                UPDATE {tables.Bots}
                SET {set}, version = version + 1
                WHERE scheduler = @scheduler AND id = @id {(change.Fences ? $"AND state = {(int)BotStatus.Scheduled}" : "")}
                    AND (@expected::bigint IS NULL OR version = @expected::bigint) AND (@tenant::text IS NULL OR tenant = @tenant::text)
                RETURNING {columns}, lateness){lines}
            SELECT {columns}, lateness FROM done
            """;
    }

    private SqlParameters ChangeParameters(DbContext context, BotChange change)
    {
        SqlParameters parameters = Parameters(context).Add("id", change.Id.Value).Add("expected", change.ExpectedVersion).Add("tenant", change.Tenant);
        if (change.Fences)
        {
            parameters.Add("at", Micros.Floor(change.At));
        }

        return change.Kind == BotChangeKind.Cancel
            ? parameters
            : parameters
                .Add("join_at", Micros.Floor(change.JoinAt))
                .Add("meeting_url", StoredText.Kept(change.MeetingUrl))
                .Add("name", StoredText.Kept(change.Name))
                .Add("metadata", StoredText.Kept(change.Metadata));
    }
}
