using Microsoft.EntityFrameworkCore;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Storage.EfCore.Portable;

/// <summary>The verbs of callers: insert, change, erase.</summary>
internal partial class PortableVerbs
{
    public virtual async Task<IReadOnlyList<InsertOutcome>> InsertAsync(
        DbContext context, IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken)
    {
        List<InsertOutcome> outcomes = [];
        foreach (BotSnapshot bot in bots)
        {
            outcomes.Add(await InsertAsync(context, bot, cancellationToken));
        }

        return outcomes;
    }

    public virtual async Task<ChangeOutcome> ChangeAsync(DbContext context, BotChange change, CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            BotSnapshot? row = await Reads.FindAsync(context, change.Id, cancellationToken);
            ChangeVerdict verdict = ChangeRules.Judge(change, row);
            if (verdict != ChangeVerdict.Applied)
            {
                return new ChangeOutcome(verdict, verdict == ChangeVerdict.NotFound ? null : row);
            }

            BotSnapshot next = ChangeRules.Changed(change, row!);
            if (await ReplaceAsync(context, next, ChangeRules.History(change, row!, next), cancellationToken))
            {
                return new ChangeOutcome(ChangeVerdict.Applied, next);
            }

            if (tries == MaxTries)
            {
                throw new StoreUnavailableException(
                    $"Bot {change.Id} was written by others {MaxTries} times in between. The change is not applied; repeat it.", null);
            }
        }
    }

    public virtual Task<ChangeOutcome> EraseAsync(DbContext context, BotId id, CancellationToken cancellationToken) =>
        TogetherAsync(context, async () =>
        {
            BotSnapshot? row = await Reads.FindAsync(context, id, cancellationToken);
            int erased = await Reads.Bots(context).Where(bot => bot.Id == id.Value && bot.State >= 3).ExecuteDeleteAsync(cancellationToken);
            if (erased > 0)
            {
                await HistoryOf(context, [id.Value]).ExecuteDeleteAsync(cancellationToken);
            }

            return Erased(row, erased > 0);
        }, cancellationToken);

    /// <summary>What the erasure of a row came to.</summary>
    protected static ChangeOutcome Erased(BotSnapshot? row, bool isGone) =>
        row is null ? new ChangeOutcome(ChangeVerdict.NotFound, null)
        : new ChangeOutcome(isGone ? ChangeVerdict.Applied : ChangeVerdict.WrongState, row);

    /// <summary>The bot that keeps another one out: of its id, else of its key.</summary>
    protected async Task<BotSnapshot?> ExistingAsync(DbContext context, BotSnapshot bot, CancellationToken cancellationToken)
    {
        BotSnapshot? same = await Reads.FindAsync(context, bot.Id, cancellationToken);
        return same is not null || bot.DeduplicationKey is not { } key
            ? same
            : await Reads.FindUnsettledAsync(context, bot.Tenant, key, cancellationToken);
    }

    private async Task<InsertOutcome> InsertAsync(DbContext context, BotSnapshot bot, CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            if (await ExistingAsync(context, bot, cancellationToken) is { } existing)
            {
                return new InsertOutcome(existing, Inserted: false);
            }

            try
            {
                context.Add(BotEntity.From(Scheduler, bot));
                await context.SaveChangesAsync(cancellationToken);
                return new InsertOutcome(bot, Inserted: true);
            }
            catch (DbUpdateException) when (tries < MaxTries)
            {
                // Somebody inserted its id or its key in between, and is found next; unless it has settled already.
            }
            finally
            {
                context.ChangeTracker.Clear();
            }
        }
    }

    private IQueryable<HistoryEntity> HistoryOf(DbContext context, Guid[] ids) =>
        context.Set<HistoryEntity>().Where(line => line.Scheduler == Scheduler && ids.Contains(line.BotId));
}
