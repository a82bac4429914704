using System.Diagnostics;
using ScheduledBots.Configuration;
using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;
using ScheduledBots.Timing;

namespace ScheduledBots.Face;

/// <summary>Changes bots: one compare-and-set in the store, and the engine is told. Losing a race is a typed refusal.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Changes(IBotStore store, SignalQueue signals, EngineClock clock, ScheduledBotsOptions options)
{
    public Task<Bot> UpdateAsync(BotId id, BotUpdate update, long? expectedVersion, TenantScope scope, CancellationToken cancellationToken)
    {
        RequestRules.Check(update);
        DateTimeOffset now = clock.Now;
        var change = new BotChange
        {
            Id = id,
            Kind = BotChangeKind.Update,
            At = now,
            ExpectedVersion = expectedVersion,
            JoinAt = update.JoinAt is { } joinAt ? RequestRules.CheckJoinAt(joinAt, now, options.MinimumLeadTime) : null,
            MeetingUrl = update.MeetingUrl?.AbsoluteUri,
            Name = update.Name,
            Metadata = update.Metadata,
        };
        bool isReschedule = update is { JoinAt: not null, MeetingUrl: null, Name: null, Metadata: null };
        return ChangeAsync(scope.Own(change), BotStatus.Scheduled, isReschedule ? "rescheduled" : "updated", cancellationToken);
    }

    public Task<Bot> CancelAsync(BotId id, long? expectedVersion, TenantScope scope, CancellationToken cancellationToken)
    {
        var change = new BotChange { Id = id, Kind = BotChangeKind.Cancel, At = clock.Now, ExpectedVersion = expectedVersion };
        return ChangeAsync(scope.Own(change), BotStatus.Scheduled, "cancelled", cancellationToken);
    }

    public Task<Bot> AbortAsync(BotId id, TenantScope scope, CancellationToken cancellationToken)
    {
        var change = new BotChange { Id = id, Kind = BotChangeKind.Abort, At = clock.Now };
        return ChangeAsync(scope.Own(change), BotStatus.Staged, "aborted", cancellationToken);
    }

    public async Task EraseAsync(BotId id, TenantScope scope, CancellationToken cancellationToken)
    {
        // A bot never changes its tenant, so what is seen first is still true when it is erased.
        BotSnapshot? found = await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (found is null || !scope.Sees(found))
        {
            throw new BotNotFoundException(id);
        }

        ChangeOutcome outcome = await store.EraseAsync(id, cancellationToken).ConfigureAwait(false);
        switch (outcome.Verdict)
        {
            case ChangeVerdict.Applied:
                return;
            case ChangeVerdict.NotFound:
                throw new BotNotFoundException(id);
            case ChangeVerdict.WrongState:
                throw await ConflictAsync(outcome.Bot!, required: null, "erased", cancellationToken).ConfigureAwait(false);
            default:
                throw new UnreachableException($"erasing bot {id} came back as {outcome.Verdict}");
        }
    }

    private async Task<Bot> ChangeAsync(BotChange change, BotStatus required, string verb, CancellationToken cancellationToken)
    {
        // Rounded up like every instant that is kept.
        change = change with { At = TickScale.RoundUp(change.At) };
        ChangeOutcome outcome = await store.ChangeAsync(change, cancellationToken).ConfigureAwait(false);
        switch (outcome.Verdict)
        {
            case ChangeVerdict.Applied:
                Bot bot = Bot.FromSnapshot(outcome.Bot!);
                await TellEngineAsync(bot, change).ConfigureAwait(false);
                return bot;
            case ChangeVerdict.NotFound:
                throw new BotNotFoundException(change.Id);
            case ChangeVerdict.WrongState:
                throw await ConflictAsync(outcome.Bot!, required, verb, cancellationToken).ConfigureAwait(false);
            case ChangeVerdict.WrongVersion:
                throw new BotVersionConflictException(change.Id, change.ExpectedVersion ?? 0, outcome.Bot!.Version);
            default:
                throw new UnreachableException($"{change} came back as {outcome.Verdict}");
        }
    }

    private async Task TellEngineAsync(Bot bot, BotChange change)
    {
        if (!change.Fences)
        {
            return; // metadata alone: whoever works for the bot goes on
        }

        await signals.PostAsync(new Signal.Changed(bot.Id, bot.Fence)).ConfigureAwait(false);
        if (!bot.IsSettled)
        {
            await signals.NudgeAsync(bot.JoinAt).ConfigureAwait(false);
        }
    }

    private async Task<BotStateConflictException> ConflictAsync(
        BotSnapshot found, BotStatus? required, string verb, CancellationToken cancellationToken)
    {
        IReadOnlyList<BotHistoryLine> history = await store.HistoryAsync(found.Id, cancellationToken).ConfigureAwait(false);
        DateTimeOffset? enteredAt = history.LastOrDefault(line => line.To == found.Status && line.From != line.To)?.At;
        if (found.Status == BotStatus.Scheduled)
        {
            enteredAt ??= found.CreatedAt; // creation is the bot itself and has no line
        }

        BotStatus actual = Bot.FromSnapshot(found).StatusAt(clock.Now);
        return new BotStateConflictException(found.Id, actual, required, verb, actual == found.Status ? enteredAt : found.JoinAt);
    }
}
