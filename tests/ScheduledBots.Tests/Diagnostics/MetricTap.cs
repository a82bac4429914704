using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ScheduledBots.Diagnostics;

namespace ScheduledBots.Tests.Diagnostics;

/// <summary>Listens to everything the library measures in one container.</summary>
internal sealed class MetricTap : IDisposable
{
    private readonly MeterListener _listener = new();

    public MetricTap(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SchedulerInstruments.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                Instruments.Enqueue(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public ConcurrentQueue<Instrument> Instruments { get; } = [];

    public ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> Measured { get; } = [];

    /// <summary>The measurements of an instrument, after the observable ones were asked.</summary>
    public List<(string Name, double Value, Dictionary<string, object?> Tags)> Of(string name)
    {
        _listener.RecordObservableInstruments();
        return [.. Measured.Where(measured => measured.Name == name)];
    }

    public double Sum(string name) => Of(name).Sum(measured => measured.Value);

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Measured.Enqueue((instrument.Name, value, new Dictionary<string, object?>(tags.ToArray())));
}
