using Microsoft.EntityFrameworkCore;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Sql;

/// <summary>The verbs of callers: insert, erase.</summary>
internal sealed partial class PostgresVerbs
{
    /// <summary>How often a bot is inserted whose predecessor settles between the insertion and the look at it.</summary>
    private const int MaxInsertTries = 4;

    private string? _insertAlone;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<InsertOutcome>> InsertAsync(
        DbContext context, IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken)
    {
        List<InsertOutcome> outcomes = [];
        foreach (BotSnapshot[] distinct in Distinct(bots))
        {
            outcomes.AddRange(await InsertDistinctAsync(context, distinct, cancellationToken));
        }

        return outcomes;
    }

    /// <inheritdoc/>
    /// <remarks>The same statements: none of them can fail for a bot in the way, which would undo the host's transaction, and none touches the change tracker.</remarks>
    public override Task<IReadOnlyList<InsertOutcome>> InsertWithinAsync(
        DbContext context, IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken) => InsertAsync(context, bots, cancellationToken);

    /// <inheritdoc/>
    public override async Task<ChangeOutcome> EraseAsync(DbContext context, BotId id, CancellationToken cancellationToken)
    {
        SqlTables tables = Tables(context);
        BotSnapshot? row = await Reads.FindAsync(context, id, cancellationToken);
        using SqlParameters parameters = Parameters(context).Add("id", id.Value);
        string sql = $"""
            WITH gone AS (DELETE FROM {tables.Bots} WHERE scheduler = @scheduler AND id = @id AND state >= 3 RETURNING id),
                 lines AS (DELETE FROM {tables.History} AS h USING gone WHERE h.scheduler = @scheduler AND h.bot_id = gone.id)
            SELECT id AS "Value" FROM gone
            """;
        return Erased(row, (await context.Database.SqlQueryRaw<Guid>(sql, [.. parameters.All]).ToListAsync(cancellationToken)).Count > 0);
    }

    /// <summary>
    /// Cuts a batch where an id comes again: what a statement returns are ids, and they must tell the bots apart. One
    /// piece, as a rule; the order is kept.
    /// </summary>
    private static IEnumerable<BotSnapshot[]> Distinct(IReadOnlyList<BotSnapshot> bots)
    {
        List<BotSnapshot> piece = [];
        HashSet<BotId> ids = [];
        foreach (BotSnapshot bot in bots)
        {
            if (!ids.Add(bot.Id))
            {
                yield return [.. piece];
                piece = [];
                ids = [bot.Id];
            }

            piece.Add(bot);
        }

        yield return [.. piece];
    }

    private async Task<InsertOutcome[]> InsertDistinctAsync(DbContext context, BotSnapshot[] bots, CancellationToken cancellationToken)
    {
        var outcomes = new InsertOutcome?[bots.Length];
        for (int tries = 1; ; tries++)
        {
            int[] open = [.. Enumerable.Range(0, bots.Length).Where(i => outcomes[i] is null)];
            if (open.Length == 0)
            {
                return [.. outcomes.Select(outcome => outcome!.Value)];
            }

            if (tries > MaxInsertTries)
            {
                throw new StoreUnavailableException(
                    $"{open.Length} bots met others of their keys that settled {MaxInsertTries} times in between. They are not inserted; repeat it.", null);
            }

            HashSet<Guid> inserted = open.Length == 1
                ? await InsertedAloneAsync(context, bots[open[0]], cancellationToken)
                : await InsertedAsync(context, [.. open.Select(i => bots[i])], cancellationToken);
            foreach (int i in open)
            {
                outcomes[i] = inserted.Contains(bots[i].Id.Value) ? new InsertOutcome(bots[i], Inserted: true)
                    : await ExistingAsync(context, bots[i], cancellationToken) is { } existing ? new InsertOutcome(existing, Inserted: false)
                    : null;
            }
        }
    }

    /// <summary>Inserts in the order of the batch, passing over what is there, the batch's own earlier rows included.</summary>
    private async Task<HashSet<Guid>> InsertedAsync(DbContext context, BotSnapshot[] bots, CancellationToken cancellationToken)
    {
        SqlTables tables = Tables(context);
        BotEntity[] rows = [.. bots.Select(bot => BotEntity.From(Scheduler, bot))];
        string sql = $"""
            INSERT INTO {tables.Bots} ({BotColumn.Names(BotColumn.All)})
            SELECT {BotColumn.Names(BotColumn.All)}
            FROM {Rows(BotColumn.All.Select(column => (column.Name, column.PostgresType)))}
            ORDER BY ord
            ON CONFLICT DO NOTHING
            RETURNING id AS "Value"
            """;
        using SqlParameters parameters = new SqlParameters(context).Add("r_ord", Enumerable.Range(0, rows.Length).ToArray());
        foreach (BotColumn column in BotColumn.All)
        {
            parameters.Add("r_" + column.Name, column.Values(rows));
        }

        return [.. await context.Database.SqlQueryRaw<Guid>(sql, [.. parameters.All]).ToListAsync(cancellationToken)];
    }

    /// <summary>The same for one bot, which is most of them: planning a statement over arrays costs more than the row.</summary>
    private async Task<HashSet<Guid>> InsertedAloneAsync(DbContext context, BotSnapshot bot, CancellationToken cancellationToken)
    {
        BotEntity row = BotEntity.From(Scheduler, bot);
        _insertAlone ??= $"""
            INSERT INTO {Tables(context).Bots} ({BotColumn.Names(BotColumn.All)})
            VALUES ({string.Join(", ", BotColumn.All.Select(column => $"@{column.Name}::{column.PostgresType}"))})
            ON CONFLICT DO NOTHING
            """;
        using var parameters = new SqlParameters(context);
        foreach (BotColumn column in BotColumn.All)
        {
            parameters.Add(column.Name, column.Value(row));
        }

        return await context.Database.ExecuteSqlRawAsync(_insertAlone, parameters.All, cancellationToken) > 0 ? [row.Id] : [];
    }
}
