using ScheduledBots.Measuring;
using ScheduledBots.Peers.Entrants;
using ScheduledBots.Peers.Running;

namespace ScheduledBots.Peers.Reporting;

/// <summary>All that was measured of one entrant.</summary>
internal sealed record PeerRow(Entrant Entrant, IReadOnlyDictionary<Measurement, Findings> Found)
{
    public RunResult? Lateness(Measurement measurement) => Found.GetValueOrDefault(measurement)?.Lateness;

    public Findings? Rates => Found.GetValueOrDefault(Measurement.Rates);

    public double? BytesPerJob => Found.GetValueOrDefault(Measurement.Heap)?.BytesPerJob;

    public string Notes => string.Join("; ", Found.Where(found => found.Value.Note is not null).Select(found => $"{found.Key}: {found.Value.Note}"));

    public string Errors => string.Join("; ", Found.Where(found => found.Value.Error is not null).Select(found => $"{found.Key}: {found.Value.Error}"));
}
