using System.Diagnostics;
using ScheduledBots.Configuration;
using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;
using ScheduledBots.Timing;

namespace ScheduledBots;

/// <summary>The face: validates, writes the store, nudges the engine. It holds no state of its own.</summary>
internal sealed class BotScheduler(IBotStore store, SignalQueue signals, EngineClock clock, ScheduledBotsOptions options)
    : IBotScheduler, IDisposable
{
    private volatile bool _disposed;

    /// <inheritdoc/>
    public async Task<ScheduleResult> ScheduleAsync(BotRequest request, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(IBotScheduler));
        RequestRules.Check(request);
        DateTimeOffset now = clock.Now;
        DateTimeOffset createdAt = TickScale.RoundUp(now);
        DateTimeOffset joinAt = request.JoinAt is { } wanted ? RequestRules.CheckJoinAt(wanted, now, options.MinimumLeadTime) : createdAt;
        BotSnapshot bot = ToSnapshot(request, joinAt, createdAt);

        InsertOutcome outcome = (await store.InsertAsync([bot], cancellationToken).ConfigureAwait(false))[0];
        if (outcome.Inserted)
        {
            await signals.PostAsync(new Signal.Nudged(joinAt)).ConfigureAwait(false);
        }
        else if (!outcome.Bot.RequestHash.Span.SequenceEqual(bot.RequestHash.Span))
        {
            throw new DeduplicationConflictException(outcome.Bot.Id);
        }

        return new ScheduleResult(
            Bot.FromSnapshot(outcome.Bot), outcome.Inserted, LeadTime.Assess(outcome.Bot.JoinAt, now, options.ExpectedStaging));
    }

    /// <inheritdoc/>
    public Task<Bot> RescheduleAsync(BotId id, DateTimeOffset joinAt, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(IBotScheduler));
        DateTimeOffset now = clock.Now;
        DateTimeOffset accepted = RequestRules.CheckJoinAt(joinAt, now, options.MinimumLeadTime);
        var change = new BotChange { Id = id, Kind = BotChangeKind.Update, At = now, JoinAt = accepted };
        return ChangeAsync(change, BotStatus.Scheduled, "rescheduled", cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Bot> CancelAsync(BotId id, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(IBotScheduler));
        var change = new BotChange { Id = id, Kind = BotChangeKind.Cancel, At = clock.Now };
        return ChangeAsync(change, BotStatus.Scheduled, "cancelled", cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Bot> AbortAsync(BotId id, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(IBotScheduler));
        var change = new BotChange { Id = id, Kind = BotChangeKind.Abort, At = clock.Now };
        return ChangeAsync(change, BotStatus.Staged, "aborted", cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Bot?> FindAsync(BotId id, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(IBotScheduler));
        BotSnapshot? found = await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        return found is null ? null : Bot.FromSnapshot(found);
    }

    /// <inheritdoc/>
    public void Dispose() => _disposed = true;

    private async Task<Bot> ChangeAsync(BotChange change, BotStatus required, string verb, CancellationToken cancellationToken)
    {
        // Rounded up like every instant that is kept.
        change = change with { At = TickScale.RoundUp(change.At) };
        ChangeOutcome outcome = await store.ChangeAsync(change, cancellationToken).ConfigureAwait(false);
        switch (outcome.Verdict)
        {
            case ChangeVerdict.Applied:
                Bot bot = Bot.FromSnapshot(outcome.Bot!);
                await signals.PostAsync(new Signal.Changed(bot.Id, bot.Fence)).ConfigureAwait(false);
                if (!bot.IsSettled)
                {
                    await signals.PostAsync(new Signal.Nudged(bot.JoinAt)).ConfigureAwait(false);
                }

                return bot;
            case ChangeVerdict.NotFound:
                throw new BotNotFoundException(change.Id);
            case ChangeVerdict.WrongState:
                throw await ConflictAsync(outcome.Bot!, required, verb, cancellationToken).ConfigureAwait(false);
            default:
                throw new UnreachableException($"{change} came back as {outcome.Verdict}");
        }
    }

    private async Task<BotStateConflictException> ConflictAsync(
        BotSnapshot found, BotStatus required, string verb, CancellationToken cancellationToken)
    {
        IReadOnlyList<BotHistoryLine> history = await store.HistoryAsync(found.Id, cancellationToken).ConfigureAwait(false);
        DateTimeOffset? enteredAt = history.LastOrDefault(line => line.To == found.Status && line.From != line.To)?.At;
        BotStatus actual = Bot.FromSnapshot(found).StatusAt(clock.Now);
        return new BotStateConflictException(found.Id, actual, required, verb, actual == found.Status ? enteredAt : found.JoinAt);
    }

    private static BotSnapshot ToSnapshot(BotRequest request, DateTimeOffset joinAt, DateTimeOffset createdAt) => new()
    {
        Id = request.Id ?? BotId.New(createdAt),
        Tenant = request.Tenant,
        DeduplicationKey = request.DeduplicationKey,
        RequestHash = request.DeduplicationKey is null && request.Id is null ? default : RequestRules.Hash(request),
        CreatedAt = createdAt,
        TraceParent = Activity.Current?.Id,
        MeetingUrl = request.MeetingUrl.AbsoluteUri,
        Name = request.Name,
        Metadata = request.Metadata,
        JoinAt = joinAt,
    };
}
