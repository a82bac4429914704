using ScheduledBots.Lifecycle;

namespace ScheduledBots.Calendar.Syncing;

/// <summary>Does what a plan says, through the verbs of the scheduler; a refusal stops nothing and is kept for the report.</summary>
internal sealed class SyncRun(IBotScheduler scheduler)
{
    /// <summary>The most bots scheduled with one call.</summary>
    private const int BatchSize = 1_000;

    private readonly List<CalendarRefusal> _refusals = [];
    private int _scheduled;
    private int _changed;
    private int _cancelled;

    public async Task<CalendarSyncReport> DoAsync(SyncPlan plan, CancellationToken cancellationToken)
    {
        // What goes, goes first: a bot too few for a moment is repaired by the next sync, one too many may be in a meeting by then.
        foreach (SyncStep.Cancel step in plan.Steps.OfType<SyncStep.Cancel>())
        {
            if (await TryAsync(CalendarChange.Cancel, step.Bot, null, () => CancelAsync(step.Bot, cancellationToken)).ConfigureAwait(false))
            {
                _cancelled++;
            }
        }

        foreach (SyncStep.Change step in plan.Steps.OfType<SyncStep.Change>())
        {
            if (await TryAsync(CalendarChange.Change, step.Bot, step.Update.JoinAt, () => scheduler.UpdateAsync(step.Bot.Id, step.Update, null, cancellationToken)).ConfigureAwait(false))
            {
                _changed++;
            }
        }

        foreach (SyncStep.Create[] batch in plan.Steps.OfType<SyncStep.Create>().Chunk(BatchSize))
        {
            await ScheduleAsync([.. batch.Select(step => step.Request)], cancellationToken).ConfigureAwait(false);
        }

        // Last, and only a note: until it is written, a meeting that comes back is taken for one that somebody else called off.
        foreach (SyncStep.Withdraw step in plan.Steps.OfType<SyncStep.Withdraw>())
        {
            await TryAsync(CalendarChange.Cancel, step.Bot, null, () => WithdrawAsync(step.Bot, cancellationToken)).ConfigureAwait(false);
        }

        return new CalendarSyncReport
        {
            ScheduledCount = _scheduled, ChangedCount = _changed, CancelledCount = _cancelled, KeptCount = plan.KeptCount, Refusals = _refusals,
        };
    }

    private async Task ScheduleAsync(BotRequest[] requests, CancellationToken cancellationToken)
    {
        IReadOnlyList<ScheduleOutcome> outcomes = await scheduler.ScheduleManyAsync(requests, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Error is { } error)
            {
                // A conflict means that another node was quicker with an earlier form of the event; the next sync changes that bot.
                BotId? existing = (error as DeduplicationConflictException)?.ExistingId;
                _refusals.Add(new CalendarRefusal(CalendarChange.Schedule, existing, requests[i].JoinAt, error));
            }
            else if (outcomes[i].Result!.Created)
            {
                _scheduled++;
            }
        }
    }

    private async Task CancelAsync(Bot bot, CancellationToken cancellationToken)
    {
        await scheduler.CancelAsync(bot.Id, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (BotNote.IsOurs(bot))
        {
            await WithdrawAsync(bot, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<Bot> WithdrawAsync(Bot bot, CancellationToken cancellationToken) =>
        scheduler.UpdateAsync(bot.Id, new BotUpdate { Metadata = BotNote.Withdrawn(bot.Metadata!) }, null, cancellationToken);

    private async Task<bool> TryAsync(CalendarChange change, Bot bot, DateTimeOffset? wantedJoinAt, Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is BotStateConflictException or BotNotFoundException or LeadTimeTooShortException or ArgumentException)
        {
            _refusals.Add(new CalendarRefusal(change, bot.Id, wantedJoinAt, error));
            return false;
        }
    }
}
