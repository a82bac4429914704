using System.Diagnostics.CodeAnalysis;

namespace ScheduledBots.Planning;

/// <summary>Bots that wait for one of a limited number of concurrent calls, earliest JoinAt first.</summary>
/// <remarks>Not thread-safe. A bot that left its phase while it queued is passed over when its turn comes.</remarks>
internal sealed class SlotQueue(PlannedPhase phase, int slotCount)
{
    private readonly PriorityQueue<PlannedBot, DateTimeOffset> _queue = new();

    /// <summary>How many slots are taken.</summary>
    public int Running { get; private set; }

    public void Enqueue(PlannedBot planned) => _queue.Enqueue(planned, planned.Bot.JoinAt);

    /// <summary>Takes a slot for the next bot, if there are both.</summary>
    public bool TryStart([NotNullWhen(true)] out PlannedBot? planned)
    {
        planned = null;
        while (Running < slotCount && _queue.TryDequeue(out PlannedBot? candidate, out _))
        {
            if (candidate.Phase == phase)
            {
                Running++;
                planned = candidate;
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives a slot back.</summary>
    public void Free() => Running--;
}
