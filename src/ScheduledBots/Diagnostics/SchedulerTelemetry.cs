using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ScheduledBots.Execution;
using ScheduledBots.Extensibility;
using ScheduledBots.Storage;

namespace ScheduledBots.Diagnostics;

/// <summary>Everything one scheduler lets its operator see, put together.</summary>
/// <remarks>Thread-safe. The face and the engine get the store, the allocator and the joiner through here.</remarks>
internal sealed class SchedulerTelemetry : IDisposable
{
    private readonly string _scheduler;
    private readonly SchedulerMetrics _metrics;
    private readonly ActivitySource _source;

    public SchedulerTelemetry(
        string scheduler,
        SchedulerInstruments instruments,
        IEnumerable<IBotObserver> observers,
        EngineClock clock,
        TimeProvider timeProvider,
        ILogger log)
    {
        _scheduler = scheduler;
        _source = instruments.Source;
        Vitals = new EngineVitals(clock);
        StoreVitals = new StoreVitals(timeProvider);
        _metrics = new SchedulerMetrics(scheduler, instruments, Vitals, timeProvider);
        Events = new BotEvents(scheduler, _metrics, observers, log);
        Attention = new EngineAttention(Vitals, timeProvider, log);
    }

    /// <summary>The one place where events originate.</summary>
    public BotEvents Events { get; }

    /// <summary>What the engine lets others see of itself.</summary>
    public EngineVitals Vitals { get; }

    /// <summary>When the store last answered.</summary>
    public StoreVitals StoreVitals { get; }

    /// <summary>What says in the log that the clock or the workers need somebody's attention.</summary>
    public EngineAttention Attention { get; }

    /// <summary>The store as the face, or the engine, shall use it.</summary>
    public IBotStore Observe(IBotStore store, bool inEngine) => new ObservedStore(store, Events, _metrics, StoreVitals, Vitals.Clock, inEngine);

    public IResourceAllocator Measure(IResourceAllocator allocator) => new MeasuredAllocator(_source, _scheduler, allocator, _metrics);

    public IMeetingJoiner Measure(IMeetingJoiner joiner) => new MeasuredJoiner(_source, _scheduler, joiner, _metrics, Vitals.Clock);

    /// <inheritdoc/>
    public void Dispose()
    {
        Attention.Dispose();
        Events.Dispose();
    }
}
