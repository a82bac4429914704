using System.Diagnostics.CodeAnalysis;

namespace ScheduledBots.Planning;

/// <summary>Bots that wait for one of a limited number of concurrent calls, earliest JoinAt first.</summary>
/// <remarks>Not thread-safe. A bot that left its phase while it queued is passed over when its turn comes.</remarks>
internal sealed class SlotQueue(PlannedPhase phase, int slotCount)
{
    private readonly PriorityQueue<PlannedBot, DateTimeOffset> _queue = new();

    /// <summary>How many slots are taken.</summary>
    public int Running { get; private set; }

    private readonly List<PlannedBot> _passedOver = [];

    public void Enqueue(PlannedBot planned) => _queue.Enqueue(planned, planned.Bot.JoinAt);

    /// <summary>Takes a slot for a bot that has not queued, if there is one and nobody waits for it.</summary>
    public bool TryStartAtOnce()
    {
        bool isFree = Running < slotCount && _queue.Count == 0;
        Running += isFree ? 1 : 0;
        return isFree;
    }

    /// <summary>Takes a slot for the next bot that may start, if there are both. Others keep their place.</summary>
    public bool TryStart(Func<PlannedBot, bool> mayStart, [NotNullWhen(true)] out PlannedBot? planned)
    {
        planned = null;
        while (planned is null && Running < slotCount && _queue.TryDequeue(out PlannedBot? candidate, out _))
        {
            if (candidate.Phase == phase && mayStart(candidate))
            {
                Running++;
                planned = candidate;
            }
            else if (candidate.Phase == phase)
            {
                _passedOver.Add(candidate);
            }
        }

        _passedOver.ForEach(Enqueue);
        _passedOver.Clear();
        return planned is not null;
    }

    /// <summary>Gives a slot back.</summary>
    public void Free() => Running--;
}
