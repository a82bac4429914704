using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Execution;

/// <summary>
/// Observed silence: how long each peer's counter has stood still, on this node's clock, while this node itself could beat.
/// </summary>
/// <remarks>
/// <para>Timestamps of two nodes are never compared, and neither are those that the store wrote: after an outage of the
/// store everybody's last beat is old, and everybody would declare everybody dead. Instead silence is counted in steps,
/// from one own confirmed beat to the next, and each step counts for at most two beat intervals. While this node could not
/// beat, nothing is counted, because nobody else could be expected to either.</para>
/// <para>A step is measured from the answer of the beat before to the sending of the next one, so it is never longer than
/// what passed between the two readings of the peer's counter. Pure but for its memory; not thread-safe.</para>
/// </remarks>
internal sealed class PeerWatch(TimeSpan beatInterval, TimeSpan timeToLive)
{
    private Dictionary<NodeId, Sighting> _sightings = [];

    /// <summary>What is left of its time to live to the peer that has been silent longest, of those that have some left.</summary>
    public TimeSpan UntilSilent => _sightings.Values
        .Select(sighting => timeToLive - sighting.Silence)
        .Where(left => left > TimeSpan.Zero)
        .Append(timeToLive)
        .Min();

    /// <summary>Takes in what a confirmed beat told.</summary>
    /// <param name="self">This node.</param>
    /// <param name="nodes">Every node with its counter.</param>
    /// <param name="sinceLast">How long ago, at least, the counters were read before.</param>
    /// <returns>The peers whose counter has stood still for their time to live.</returns>
    public IReadOnlyList<NodeRow> Observe(NodeId self, IReadOnlyList<NodeRow> nodes, TimeSpan sinceLast)
    {
        TimeSpan step = sinceLast < 2 * beatInterval ? sinceLast : 2 * beatInterval;
        Dictionary<NodeId, Sighting> next = [];
        List<NodeRow> silent = [];
        foreach (NodeRow node in nodes.Where(node => node.Id != self && node.CanBeat))
        {
            TimeSpan silence = _sightings.TryGetValue(node.Id, out Sighting last) && last.Beat == node.Beat ? last.Silence + step : TimeSpan.Zero;
            next.Add(node.Id, new Sighting(node.Beat, silence));
            if (silence >= timeToLive)
            {
                silent.Add(node);
            }
        }

        _sightings = next;
        return silent;
    }

    private readonly record struct Sighting(long Beat, TimeSpan Silence);
}
