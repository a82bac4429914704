using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Sql;

/// <summary>The verbs of callers: insert, erase.</summary>
internal sealed partial class PostgresVerbs
{
    /// <summary>How often a bot is inserted, or erased, while others settle between the statement and the look at what was in its way.</summary>
    private const int MaxTries = 4;

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
        string columns = BotColumn.Names(BotColumn.All);
        string sql = $"""
            WITH gone AS (DELETE FROM {tables.Bots} WHERE scheduler = @scheduler AND id = @id AND state >= 3 RETURNING {columns}, lateness),
                 lines AS (DELETE FROM {tables.History} AS h USING gone WHERE h.scheduler = @scheduler AND h.bot_id = gone.id)
            SELECT {columns}, lateness FROM gone
            """;
        for (int tries = 1; ; tries++)
        {
            using SqlParameters parameters = Parameters(context).Add("id", id.Value);
            if ((await WrittenAsync(context, sql, parameters, cancellationToken)) is [var gone])
            {
                return new ChangeOutcome(ChangeVerdict.Applied, gone);
            }

            // Looked at after the deletion, which alone decides: one that settled in between is deleted in the next round.
            BotSnapshot? left = await Reads.FindAsync(context, id, cancellationToken);
            if (left is not { IsSettled: true } || tries == MaxTries)
            {
                return Erased(left, isGone: false);
            }
        }
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

            if (tries > MaxTries)
            {
                throw new StoreUnavailableException(
                    $"{open.Length} bots met others of their keys that settled {MaxTries} times in between. They are not inserted; repeat it.", null);
            }

            HashSet<Guid> inserted = open.Length == 1
                ? await InsertedAloneAsync(context, bots[open[0]], cancellationToken)
                : await InsertedAsync(context, [.. open.Select(i => bots[i])], cancellationToken);
            BotSnapshot[] others = [.. open.Select(i => bots[i]).Where(bot => !inserted.Contains(bot.Id.Value))];
            IReadOnlyDictionary<BotId, BotSnapshot> existing = await ExistingAsync(context, others, cancellationToken);
            foreach (int i in open)
            {
                outcomes[i] = inserted.Contains(bots[i].Id.Value) ? new InsertOutcome(bots[i], Inserted: true)
                    : existing.TryGetValue(bots[i].Id, out BotSnapshot? other) ? new InsertOutcome(other, Inserted: false)
                    : null;
            }
        }
    }

    /// <summary>
    /// The bots that keep others out, by the ids of those. Two statements, however many: a large batch that is sent again because its
    /// answer was lost finds every bot there already, and must not be lost a second time.
    /// </summary>
    private async Task<IReadOnlyDictionary<BotId, BotSnapshot>> ExistingAsync(
        DbContext context, BotSnapshot[] bots, CancellationToken cancellationToken)
    {
        if (bots.Length == 0)
        {
            return FrozenDictionary<BotId, BotSnapshot>.Empty;
        }

        SqlTables tables = Tables(context);
        string columns = BotColumn.Names(BotColumn.All, "b");
        using SqlParameters ids = Parameters(context).Add("ids", bots.Select(bot => bot.Id.Value).ToArray());
        Dictionary<BotId, BotSnapshot> existing = (await WrittenAsync(
            context, $"SELECT {columns}, b.lateness FROM {tables.Bots} AS b WHERE scheduler = @scheduler AND id = ANY(@ids)", ids, cancellationToken))
            .ToDictionary(bot => bot.Id);
        BotSnapshot[] open = [.. bots.Where(bot => bot.DeduplicationKey is not null && !existing.ContainsKey(bot.Id))];
        using SqlParameters keys = Parameters(context)
            .Add("tenants", open.Select(bot => bot.Tenant).ToArray())
            .Add("keys", open.Select(bot => bot.DeduplicationKey).ToArray());
        Dictionary<(string, string?), BotSnapshot> holders = open.Length == 0 ? [] : (await WrittenAsync(
            context,
            $"""
            SELECT {columns}, b.lateness
            FROM (SELECT DISTINCT tenant, key FROM unnest(@tenants, @keys) AS r(tenant, key)) AS r
            JOIN {tables.Bots} AS b ON b.scheduler = @scheduler AND b.tenant = r.tenant AND b.dedup_key = r.key AND b.dedup_key IS NOT NULL AND b.state < 3
            """,
            keys,
            cancellationToken)).ToDictionary(bot => (bot.Tenant, bot.DeduplicationKey));
        foreach (BotSnapshot bot in open)
        {
            if (holders.TryGetValue((bot.Tenant, bot.DeduplicationKey), out BotSnapshot? holder))
            {
                existing.Add(bot.Id, holder);
            }
        }

        return existing;
    }

    /// <summary>
    /// Inserts, passing over what is there, the batch's own earlier rows included. A row waits for another transaction that
    /// inserts its key, so rows go in the order of their keys: two batches with the same keys would else wait for each other in a circle.
    /// </summary>
    private async Task<HashSet<Guid>> InsertedAsync(DbContext context, BotSnapshot[] bots, CancellationToken cancellationToken)
    {
        SqlTables tables = Tables(context);
        BotEntity[] rows = [.. bots.Select(bot => BotEntity.From(Scheduler, bot))
            .OrderBy(row => row.Tenant, StringComparer.Ordinal)
            .ThenBy(row => row.DedupKey ?? "", StringComparer.Ordinal)
            .ThenBy(row => row.DedupKey is null ? row.Id : Guid.Empty)]; // of one key, the first of the batch stays the first
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
