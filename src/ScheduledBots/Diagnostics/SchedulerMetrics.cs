using System.Diagnostics;
using System.Diagnostics.Metrics;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Diagnostics;

/// <summary>What one scheduler measures. Every measurement has the scheduler's name; none has an id, a tenant or the host's words.</summary>
/// <remarks>Thread-safe. A measurement that nobody listens to costs a few nanoseconds and allocates nothing.</remarks>
internal sealed class SchedulerMetrics
{
    /// <summary>The name under which the default scheduler, whose name is empty, is measured.</summary>
    public const string DefaultScheduler = "default";

    private const string ErrorType = "error.type";

    private readonly SchedulerInstruments _instruments;
    private readonly EngineVitals _vitals;
    private readonly TimeProvider _timeProvider;
    private readonly KeyValuePair<string, object?> _scheduler;

    public SchedulerMetrics(string scheduler, SchedulerInstruments instruments, EngineVitals vitals, TimeProvider timeProvider)
    {
        _instruments = instruments;
        _vitals = vitals;
        _timeProvider = timeProvider;
        _scheduler = new("scheduledbots.scheduler", scheduler.Length > 0 ? scheduler : DefaultScheduler);
        instruments.Add(this);
    }

    /// <summary>Whether anybody listens to anything that is measured of a joiner's call.</summary>
    public bool MeasuresJoins => MeasuresJoinEntry || _instruments.JoinDuration.Enabled;

    /// <summary>Whether anybody listens to what is measured at the entry of a joiner.</summary>
    public bool MeasuresJoinEntry => _instruments.Early.Enabled || _instruments.Lateness.Enabled || _instruments.AdHocDelay.Enabled;

    /// <summary>Whether anybody listens to how many bots are scheduled.</summary>
    public bool CountsScheduled => _instruments.Scheduled.Enabled;

    /// <summary>The beginning of a call that may be measured; 0 when nobody listens.</summary>
    public long BeginJoin() => _instruments.JoinDuration.Enabled ? _timeProvider.GetTimestamp() : 0;

    /// <inheritdoc cref="BeginJoin"/>
    public long BeginStaging() => _instruments.StagingDuration.Enabled ? _timeProvider.GetTimestamp() : 0;

    /// <inheritdoc cref="BeginJoin"/>
    public long BeginStoreCall() => _instruments.StoreCallDuration.Enabled ? _timeProvider.GetTimestamp() : 0;

    /// <summary>The joiner was entered; called after it was.</summary>
    public void JoinEntered(Bot bot, DateTimeOffset enteredAt)
    {
        if (enteredAt < bot.JoinAt)
        {
            Count(_instruments.Early);
        }

        // The joiner asked for this attempt at a later time; it is not late.
        if (bot.LastFailure?.Reason != FailureReason.JoinFailed)
        {
            Histogram<double> histogram = bot.IsAdHoc ? _instruments.AdHocDelay : _instruments.Lateness;
            Record(histogram, Math.Max((enteredAt - bot.JoinAt).TotalSeconds, 0), new TagList { _scheduler });
        }
    }

    /// <summary>A joiner call ended.</summary>
    /// <param name="begun">What <see cref="BeginJoin"/> returned.</param>
    /// <param name="outcome">What it came to, or null where it threw.</param>
    /// <param name="errorType">The type of what it threw, or null.</param>
    public void JoinEnded(long begun, JoinOutcome? outcome, string? errorType)
    {
        if (begun != 0)
        {
            Record(_instruments.JoinDuration, Elapsed(begun), new TagList
            {
                _scheduler,
                { "scheduledbots.join.outcome", (outcome ?? JoinOutcome.Failed).ToString() },
                { ErrorType, errorType },
            });
        }
    }

    /// <summary>An allocator call ended.</summary>
    public void StagingEnded(long begun, string? errorType)
    {
        if (begun != 0)
        {
            Record(_instruments.StagingDuration, Elapsed(begun), Tags(ErrorType, errorType));
        }
    }

    /// <summary>A call of the store ended.</summary>
    public void StoreCallEnded(long begun, string verb, string? errorType)
    {
        if (begun != 0)
        {
            TagList tags = Tags("scheduledbots.store.verb", verb);
            tags.Add(ErrorType, errorType);
            Record(_instruments.StoreCallDuration, Elapsed(begun), tags);
        }
    }

    /// <summary>A transition was written.</summary>
    public void Happened(BotEvent botEvent)
    {
        switch (botEvent.Kind)
        {
            case BotEventKind.Scheduled: Count(_instruments.Scheduled); break;
            case BotEventKind.Rescheduled: Changed("rescheduled"); break;
            case BotEventKind.Updated: Changed("updated"); break;
            case BotEventKind.Cancelled: Changed("cancelled"); break;
            case BotEventKind.Erased: Changed("erased"); break;
            case BotEventKind.Staged: Staged(botEvent); break;
            case BotEventKind.StagingRetried: Count(_instruments.StagingRetries); break;
            case BotEventKind.Adopted: Count(_instruments.Adopted); break;
            case BotEventKind.ResourcesLost or BotEventKind.HandedBack: Count(_instruments.Returned); break;
            case BotEventKind.JoinRetried: Count(_instruments.JoinRetries); break;
            case BotEventKind.Joined: Count(_instruments.Joined); break;
            case BotEventKind.Failed: Failed(botEvent); break;
            case BotEventKind.DuplicateJoinSuspected: Count(_instruments.SuspectedDuplicates); break;
            default: break; // the rest is followed in logs and by observers
        }
    }

    /// <summary>A write of the engine was fenced.</summary>
    public void WriteFenced() => Count(_instruments.FencedWrites);

    /// <summary>Settled bots were deleted.</summary>
    public void Pruned(int count) => Add(_instruments.Pruned, count, new TagList { _scheduler });

    /// <summary>An observer lost an event.</summary>
    public void ObserverDropped(string observer) => Add(_instruments.ObserverDropped, 1, Tags("scheduledbots.observer", observer));

    /// <summary>An observer threw.</summary>
    public void ObserverFailed(string observer) => Add(_instruments.ObserverFailures, 1, Tags("scheduledbots.observer", observer));

    public IEnumerable<Measurement<int>> OwnedBots() => _vitals.Stage == EngineStage.None ? [] : [new(_vitals.OwnedCount, _scheduler)];

    public IEnumerable<Measurement<double>> WorkerUtilization() => _vitals.Workers.Select(
        workers => new Measurement<double>(workers.BusyCount / (double)workers.MaxThreads, Tags("scheduledbots.workers.pool", workers.Name)));

    public IEnumerable<Measurement<int>> WakerInfo() =>
        _vitals.Waker is { } waker ? [new(1, Tags("scheduledbots.waker.kind", waker))] : [];

    public IEnumerable<Measurement<int>> ClockSteps() => [new(_vitals.Clock.StepCount, _scheduler)];

    private void Changed(string change) => Add(_instruments.Changed, 1, Tags("scheduledbots.change", change));

    private void Staged(BotEvent botEvent)
    {
        Count(_instruments.Staged);
        if (!botEvent.IsAdHoc)
        {
            Record(_instruments.StagingSlack, Math.Max((botEvent.JoinAt - botEvent.At).TotalSeconds, 0), new TagList { _scheduler });
        }
    }

    private void Failed(BotEvent botEvent)
    {
        Add(_instruments.Failed, 1, Tags(ErrorType, botEvent.Reason?.ToString()));
        if (botEvent.Reason == FailureReason.Aborted)
        {
            Changed("aborted");
        }
    }

    private void Count(Counter<long> counter) => Add(counter, 1, new TagList { _scheduler });

    /// <summary>A listener that throws must not make a call look failed that succeeded.</summary>
    private static void Add(Counter<long> counter, long count, in TagList tags)
    {
        try
        {
            counter.Add(count, tags);
        }
        catch (Exception)
        {
            // What is not counted is the listener's loss.
        }
    }

    /// <inheritdoc cref="Add"/>
    private static void Record(Histogram<double> histogram, double value, in TagList tags)
    {
        try
        {
            histogram.Record(value, tags);
        }
        catch (Exception)
        {
            // As above.
        }
    }

    private double Elapsed(long begun) => _timeProvider.GetElapsedTime(begun).TotalSeconds;

    private TagList Tags(string name, object? value) => new() { _scheduler, { name, value } };
}
