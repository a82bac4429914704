using System.Diagnostics;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.InMemory;

/// <summary>The verbs of callers: insert, change, erase.</summary>
internal sealed partial class InMemoryBotStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bots);
        lock (_lock)
        {
            var outcomes = new InsertOutcome[bots.Count];
            for (int i = 0; i < outcomes.Length; i++)
            {
                outcomes[i] = Insert(bots[i]);
            }

            return Task.FromResult<IReadOnlyList<InsertOutcome>>(outcomes);
        }
    }

    /// <inheritdoc/>
    public Task<ChangeOutcome> ChangeAsync(BotChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_lock)
        {
            return Task.FromResult(Change(change));
        }
    }

    /// <inheritdoc/>
    public Task<ChangeOutcome> EraseAsync(BotId id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            BotRow? row = _index.Find(id);
            if (row is { IsSettled: true })
            {
                _index.Remove(row);
            }

            ChangeVerdict verdict = row is null ? ChangeVerdict.NotFound : row.IsSettled ? ChangeVerdict.Applied : ChangeVerdict.WrongState;
            return Task.FromResult(new ChangeOutcome(verdict, row?.ToSnapshot()));
        }
    }

    private InsertOutcome Insert(BotSnapshot bot)
    {
        if ((_index.Find(bot.Id) ?? _index.FindUnsettled(bot.Tenant, bot.DeduplicationKey)) is { } existing)
        {
            return new InsertOutcome(existing.ToSnapshot(), Inserted: false);
        }

        _index.Add(new BotRow(bot));
        return new InsertOutcome(bot, Inserted: true);
    }

    private ChangeOutcome Change(BotChange change)
    {
        BotRow? row = _index.Find(change.Id);
        if (row is null || (change.Tenant is { } tenant && tenant != row.Tenant))
        {
            return new ChangeOutcome(ChangeVerdict.NotFound, null);
        }

        Bot bot = Read(row);
        Bot? next = change.Kind switch
        {
            BotChangeKind.Update when !change.Fences => bot,
            BotChangeKind.Update => Update(bot as ScheduledBot, change),
            BotChangeKind.Cancel => (bot as ScheduledBot)?.Cancel(change.At),
            BotChangeKind.Abort => bot is StagedBot { ArmedUntil: null } staged ? staged.Abort(change.At) : null,
            _ => throw new UnreachableException($"{change.Kind} is not a change"),
        };
        if (next is null)
        {
            return new ChangeOutcome(ChangeVerdict.WrongState, row.ToSnapshot());
        }

        if (change.ExpectedVersion is { } expected && expected != row.Version)
        {
            return new ChangeOutcome(ChangeVerdict.WrongVersion, row.ToSnapshot());
        }

        BotSnapshot snapshot = next.ToSnapshot();
        snapshot = snapshot with
        {
            MeetingUrl = change.MeetingUrl ?? snapshot.MeetingUrl,
            Name = change.Name ?? snapshot.Name,
            Metadata = change.Metadata ?? snapshot.Metadata,
        };
        _index.Change(row, () => row.Write(snapshot, row.Version + 1));
        if (change.Fences)
        {
            row.AddHistory([new BotHistoryLine(change.At, bot.Status, next.Status, null, next.Attempt, next.LastFailure?.Reason)]);
        }

        return new ChangeOutcome(ChangeVerdict.Applied, row.ToSnapshot());
    }

    private static ScheduledBot? Update(ScheduledBot? bot, BotChange change) => change.JoinAt is { } joinAt
        ? bot?.Reschedule(joinAt, change.At)
        : bot?.Redirect(change.MeetingUrl ?? bot.MeetingUrl, change.Name ?? bot.Name);
}
