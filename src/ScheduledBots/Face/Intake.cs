using System.Diagnostics;
using ScheduledBots.Configuration;
using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;
using ScheduledBots.Timing;

namespace ScheduledBots.Face;

/// <summary>Takes requests in: checks each alone, inserts a batch with one call of the store, and says what became of each.</summary>
/// <remarks>Thread-safe. Without signals it tells the engine nothing: so it is within a transaction of the host's, until the commit.</remarks>
internal sealed class Intake(
    IIntakeStore store, SignalQueue? signals, EngineClock clock, StagingEstimate staging, ScheduledBotsOptions options)
{
    /// <summary>The most requests in one call of the store.</summary>
    public const int MaxBatch = 1_000;

    /// <summary>How often a request is sent again because the bot that held its key had just settled.</summary>
    public const int MaxRetries = 3;

    /// <summary>The same rules inside of a transaction of the host's.</summary>
    public Intake Within(IIntakeStore transaction) => new(transaction, null, clock, staging, options);

    public async Task<ScheduleResult> ScheduleAsync(BotRequest request, TenantScope scope, CancellationToken cancellationToken)
    {
        ScheduleOutcome outcome = (await ScheduleManyAsync([request], scope, cancellationToken).ConfigureAwait(false))[0];
        return outcome.Result ?? throw outcome.Error!;
    }

    public async Task<IReadOnlyList<ScheduleOutcome>> ScheduleManyAsync(
        IReadOnlyList<BotRequest> requests, TenantScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var outcomes = new ScheduleOutcome[requests.Count];
        for (int first = 0; first < outcomes.Length; first += MaxBatch)
        {
            Range batch = first..Math.Min(first + MaxBatch, outcomes.Length);
            await ScheduleBatchAsync(requests, batch, outcomes, scope, cancellationToken).ConfigureAwait(false);
        }

        return outcomes;
    }

    private async ValueTask ScheduleBatchAsync(
        IReadOnlyList<BotRequest> requests, Range batch, ScheduleOutcome[] outcomes, TenantScope scope, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.Now;
        var open = new List<Entry>(batch.End.Value - batch.Start.Value);
        List<Entry> refused = [];
        for (int i = batch.Start.Value; i < batch.End.Value; i++)
        {
            try
            {
                Entry entry = Check(i, requests[i], scope, now);
                (entry.Refusal is null ? open : refused).Add(entry);
            }
            catch (ArgumentException refusal)
            {
                outcomes[i] = new ScheduleOutcome(null, refusal);
            }
        }

        for (int tries = 0; open.Count > 0; tries++)
        {
            open = await InsertAsync(open, outcomes, now, tries, cancellationToken).ConfigureAwait(false);
        }

        foreach (Entry entry in refused)
        {
            outcomes[entry.Index] = await RepeatAsync(entry, now, cancellationToken).ConfigureAwait(false);
        }
    }

    private Entry Check(int index, BotRequest request, TenantScope scope, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        request = scope.Own(request);
        RequestRules.Check(request);
        DateTimeOffset createdAt = TickScale.RoundUp(now);
        try
        {
            DateTimeOffset joinAt = request.JoinAt is { } wanted ? RequestRules.CheckJoinAt(wanted, now, options.MinimumLeadTime) : createdAt;
            return new Entry(index, request, ToSnapshot(request, joinAt, createdAt), null);
        }
        catch (Exception refusal) when (refusal is ArgumentException or LeadTimeTooShortException)
        {
            return new Entry(index, request, ToSnapshot(request, createdAt, createdAt), refusal);
        }
    }

    /// <summary>Inserts what is open.</summary>
    /// <returns>What is open still: the bot that held the key of a request had settled when the store answered.</returns>
    private async ValueTask<List<Entry>> InsertAsync(
        List<Entry> open, ScheduleOutcome[] outcomes, DateTimeOffset now, int tries, CancellationToken cancellationToken)
    {
        // Loops, not queries: this is what a creation costs where the store is the memory.
        var bots = new BotSnapshot[open.Count];
        for (int i = 0; i < bots.Length; i++)
        {
            bots[i] = open[i].Bot;
        }

        IReadOnlyList<InsertOutcome> inserted = await store.InsertAsync(bots, cancellationToken).ConfigureAwait(false);
        DateTimeOffset earliest = DateTimeOffset.MaxValue;
        List<Entry> again = [];
        for (int i = 0; i < bots.Length; i++)
        {
            BotSnapshot found = inserted[i].Bot;
            if (inserted[i].Inserted && found.JoinAt < earliest)
            {
                earliest = found.JoinAt;
            }

            if (inserted[i].Inserted || !found.IsSettled || found.Id == open[i].Bot.Id)
            {
                outcomes[open[i].Index] = Answer(open[i], inserted[i], now);
            }
            else if (tries < MaxRetries)
            {
                again.Add(open[i]);
            }
            else
            {
                outcomes[open[i].Index] = new ScheduleOutcome(null, DeduplicationConflictException.KeepsChanging(found.Id, tries + 1));
            }
        }

        if (signals is not null && earliest < DateTimeOffset.MaxValue)
        {
            await signals.NudgeAsync(earliest).ConfigureAwait(false);
        }

        return again;
    }

    /// <summary>
    /// A request whose instant is not acceptable any more may be the repetition of one whose was: it finds its bot all the
    /// same, because whoever repeats it does so for want of an answer.
    /// </summary>
    private async Task<ScheduleOutcome> RepeatAsync(Entry entry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        BotSnapshot? found = entry.Request.Id is { } id ? await store.FindAsync(id, cancellationToken).ConfigureAwait(false) : null;
        if (found is null && entry.Request.DeduplicationKey is { } key)
        {
            found = await store.FindUnsettledAsync(entry.Request.Tenant, key, cancellationToken).ConfigureAwait(false);
        }

        return found is not null && IsSame(entry, found)
            ? Answer(entry, new InsertOutcome(found, Inserted: false), now)
            : new ScheduleOutcome(null, entry.Refusal);
    }

    private ScheduleOutcome Answer(Entry entry, InsertOutcome outcome, DateTimeOffset now)
    {
        if (!outcome.Inserted && !IsSame(entry, outcome.Bot))
        {
            return new ScheduleOutcome(null, new DeduplicationConflictException(outcome.Bot.Id));
        }

        Bot bot = Bot.FromSnapshot(outcome.Bot);
        TimeSpan expected = bot is ScheduledBot ? staging.Expected : TimeSpan.Zero;
        return new ScheduleOutcome(new ScheduleResult(bot, outcome.Inserted, LeadTime.Assess(bot.JoinAt, now, expected)), null);
    }

    /// <summary>Compared is the original request, so that it finds its bot after a reschedule too.</summary>
    private static bool IsSame(Entry entry, BotSnapshot found) =>
        found.RequestHash == entry.Bot.RequestHash
        && (found.Id != entry.Bot.Id || found.DeduplicationKey == entry.Bot.DeduplicationKey);

    private static BotSnapshot ToSnapshot(BotRequest request, DateTimeOffset joinAt, DateTimeOffset createdAt) => new()
    {
        Id = request.Id ?? BotId.New(createdAt),
        Tenant = request.Tenant,
        DeduplicationKey = request.DeduplicationKey,
        RequestHash = request.DeduplicationKey is null && request.Id is null ? default : RequestRules.Hash(request),
        CreatedAt = createdAt,
        TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null,
        MeetingUrl = request.MeetingUrl.AbsoluteUri,
        Name = request.Name,
        Metadata = request.Metadata,
        JoinAt = joinAt,
    };

    /// <summary>One request on its way; with its refusal where only its instant is not acceptable.</summary>
    private sealed record Entry(int Index, BotRequest Request, BotSnapshot Bot, Exception? Refusal);
}
