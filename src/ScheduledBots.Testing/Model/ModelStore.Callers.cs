using System.Diagnostics;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Model;

/// <summary>The verbs of callers: insert, change, erase.</summary>
public sealed partial class ModelStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bots);
        return LockedList(() => bots.Select(Insert));
    }

    /// <inheritdoc/>
    public Task<ChangeOutcome> ChangeAsync(BotChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Locked(() => Change(change));
    }

    /// <inheritdoc/>
    public Task<ChangeOutcome> EraseAsync(BotId id, CancellationToken cancellationToken) => Locked(() => Erase(id));

    private InsertOutcome Insert(BotSnapshot bot)
    {
        BotSnapshot? existing = _rows.GetValueOrDefault(bot.Id) ?? _rows.Values.FirstOrDefault(row =>
            bot.DeduplicationKey is not null
            && row.Tenant == bot.Tenant
            && row.DeduplicationKey == bot.DeduplicationKey
            && !IsSettled(row));
        if (existing is not null)
        {
            return new InsertOutcome(existing, Inserted: false);
        }

        Write(bot);
        return new InsertOutcome(bot, Inserted: true);
    }

    private ChangeOutcome Change(BotChange change)
    {
        BotSnapshot? row = _rows.GetValueOrDefault(change.Id);
        if (row is null || (change.Tenant is not null && change.Tenant != row.Tenant))
        {
            return new ChangeOutcome(ChangeVerdict.NotFound, null);
        }

        if (!IsPossible(change, row))
        {
            return new ChangeOutcome(ChangeVerdict.WrongState, row);
        }

        if (change.ExpectedVersion is not null && change.ExpectedVersion != row.Version)
        {
            return new ChangeOutcome(ChangeVerdict.WrongVersion, row);
        }

        BotSnapshot next = Changed(change, row) with { Version = row.Version + 1 };
        Write(next, change.Fences
            ? [new BotHistoryLine(change.At, row.Status, next.Status, null, next.Attempt, next.LastFailure?.Reason)]
            : []);
        return new ChangeOutcome(ChangeVerdict.Applied, next);
    }

    private static bool IsPossible(BotChange change, BotSnapshot row) => change.Kind switch
    {
        BotChangeKind.Update => !change.Fences || row.Status == BotStatus.Scheduled,
        BotChangeKind.Cancel => row.Status == BotStatus.Scheduled,
        BotChangeKind.Abort => row.Status == BotStatus.Staged && row.ArmedUntil is null,
        _ => throw new UnreachableException($"{change.Kind} is not a change"),
    };

    private static BotSnapshot Changed(BotChange change, BotSnapshot row)
    {
        Bot bot = Bot.FromSnapshot(row);
        Bot next = change.Kind switch
        {
            BotChangeKind.Cancel => ((ScheduledBot)bot).Cancel(change.At),
            BotChangeKind.Abort => ((StagedBot)bot).Abort(change.At),
            BotChangeKind.Update when change.Fences => ((ScheduledBot)bot).Redirect(row.MeetingUrl, row.Name),
            _ => bot,
        };
        return next.ToSnapshot() with
        {
            JoinAt = change.JoinAt ?? row.JoinAt,
            MeetingUrl = change.MeetingUrl ?? row.MeetingUrl,
            Name = change.Name ?? row.Name,
            Metadata = change.Metadata ?? row.Metadata,
        };
    }

    private ChangeOutcome Erase(BotId id)
    {
        BotSnapshot? row = _rows.GetValueOrDefault(id);
        if (row is null)
        {
            return new ChangeOutcome(ChangeVerdict.NotFound, null);
        }

        if (!IsSettled(row))
        {
            return new ChangeOutcome(ChangeVerdict.WrongState, row);
        }

        Delete(id);
        return new ChangeOutcome(ChangeVerdict.Applied, row);
    }

    private static bool IsSettled(BotSnapshot row) => row.Status is BotStatus.Joined or BotStatus.Failed or BotStatus.Cancelled;
}
