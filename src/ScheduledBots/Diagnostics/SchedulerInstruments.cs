using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace ScheduledBots.Diagnostics;

/// <summary>
/// The instruments of the meter, made once for all schedulers of a container: two instruments of one name would be two
/// streams. Names and units follow the conventions of OpenTelemetry; docs/operations.md says what each one means.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SchedulerInstruments : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "ScheduledBots";

    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries =
            [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600],
    };

    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private ImmutableArray<SchedulerMetrics> _schedulers = [];

    /// <param name="factory">Makes the meter; null for one of their own.</param>
    /// <param name="source">Begins the spans; null for the one of all bots. The meter has its name.</param>
    public SchedulerInstruments(IMeterFactory? factory, ActivitySource? source = null)
    {
        Source = source ?? SchedulerActivity.Source;
        _ownsMeter = factory is null;
        var options = new MeterOptions(Source.Name) { Version = Version };
        _meter = factory?.Create(options) ?? new Meter(options);
        Scheduled = Counter("scheduledbots.bots.scheduled", "{bot}", "Bots that were accepted as new.");
        Changed = Counter("scheduledbots.bots.changed", "{bot}", "Changes by callers that were applied.");
        Staged = Counter("scheduledbots.bots.staged", "{bot}", "Bots whose resources were allocated.");
        Joined = Counter("scheduledbots.bots.joined", "{bot}", "Bots that are in their meeting.");
        Failed = Counter("scheduledbots.bots.failed", "{bot}", "Bots that failed for good, by reason.");
        Adopted = Counter("scheduledbots.bots.adopted", "{bot}", "Bots taken over from a lost node.");
        Returned = Counter("scheduledbots.bots.returned", "{bot}", "Bots that went back to the store without a join.");
        Pruned = Counter("scheduledbots.bots.pruned", "{bot}", "Settled bots deleted at the end of their retention.");
        StagingDuration = Histogram("scheduledbots.staging.duration", "How long allocator calls took.");
        StagingSlack = Histogram("scheduledbots.staging.slack", "How long before JoinAt bots were staged; 0 when later.");
        StagingRetries = Counter("scheduledbots.staging.retries", "{retry}", "Allocations that failed and are tried again.");
        Lateness = Histogram("scheduledbots.join.lateness", "From JoinAt to the entry of the joiner; ad-hoc bots and retries not included.");
        AdHocDelay = Histogram("scheduledbots.join.adhoc_delay", "From the request of an ad-hoc bot to the entry of the joiner.");
        Early = Counter("scheduledbots.join.early", "{join}", "Joiner calls entered before JoinAt; anything but 0 is a bug.");
        JoinDuration = Histogram("scheduledbots.join.duration", "How long joiner calls took.");
        JoinRetries = Counter("scheduledbots.join.retries", "{retry}", "Joins whose joiner asked for another attempt.");
        SuspectedDuplicates = Counter("scheduledbots.join.suspected_duplicates", "{join}", "Superseded attempts that are in the meeting all the same.");
        StoreCallDuration = Histogram("scheduledbots.store.call.duration", "How long calls of the store took, by verb.");
        FencedWrites = Counter("scheduledbots.store.fenced_writes", "{write}", "Writes of the engine that found that somebody else had decided first.");
        ObserverDropped = Counter("scheduledbots.observer.dropped", "{event}", "Events an observer never saw because it was too far behind.");
        ObserverFailures = Counter("scheduledbots.observer.failures", "{event}", "Events whose observer threw.");
        Observe();
    }

    /// <summary>Begins the spans.</summary>
    public ActivitySource Source { get; }

    public Counter<long> Scheduled { get; }

    public Counter<long> Changed { get; }

    public Counter<long> Staged { get; }

    public Counter<long> Joined { get; }

    public Counter<long> Failed { get; }

    public Counter<long> Adopted { get; }

    public Counter<long> Returned { get; }

    public Counter<long> Pruned { get; }

    public Histogram<double> StagingDuration { get; }

    public Histogram<double> StagingSlack { get; }

    public Counter<long> StagingRetries { get; }

    public Histogram<double> Lateness { get; }

    public Histogram<double> AdHocDelay { get; }

    public Counter<long> Early { get; }

    public Histogram<double> JoinDuration { get; }

    public Counter<long> JoinRetries { get; }

    public Counter<long> SuspectedDuplicates { get; }

    public Histogram<double> StoreCallDuration { get; }

    public Counter<long> FencedWrites { get; }

    public Counter<long> ObserverDropped { get; }

    public Counter<long> ObserverFailures { get; }

    /// <summary>The version of the library, for meter and activity source.</summary>
    public static string Version { get; } =
        typeof(SchedulerInstruments).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Lets the observable instruments ask one more scheduler.</summary>
    public void Add(SchedulerMetrics scheduler) => ImmutableInterlocked.Update(ref _schedulers, (all, one) => all.Add(one), scheduler);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsMeter)
        {
            _meter.Dispose();
        }
    }

    private void Observe()
    {
        _meter.CreateObservableUpDownCounter(
            "scheduledbots.bots.owned", () => Ask(scheduler => scheduler.OwnedBots()), "{bot}", "Bots on the agenda of this engine.");
        _meter.CreateObservableGauge(
            "scheduledbots.workers.utilization", () => Ask(scheduler => scheduler.WorkerUtilization()), "1",
            "Share of the worker threads that are inside the host's code; at 1 the next call waits.");
        _meter.CreateObservableGauge(
            "scheduledbots.waker.info", () => Ask(scheduler => scheduler.WakerInfo()), "1", "Always 1; its tag says which precision of waking is in force.");
        _meter.CreateObservableCounter(
            "scheduledbots.clock.steps", () => Ask(scheduler => scheduler.ClockSteps()), "{step}", "Steps of the wall clock that were clamped.");
    }

    private IEnumerable<Measurement<T>> Ask<T>(Func<SchedulerMetrics, IEnumerable<Measurement<T>>> question)
        where T : struct => _schedulers.SelectMany(question);

    private Counter<long> Counter(string name, string unit, string description) => _meter.CreateCounter<long>(name, unit, description);

    private Histogram<double> Histogram(string name, string description) =>
        _meter.CreateHistogram(name, "s", description, tags: null, Durations);
}
