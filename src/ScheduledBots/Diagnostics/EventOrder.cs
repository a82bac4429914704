using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Diagnostics;

/// <summary>
/// Hands events on so that those of one bot come in the order in which they were written, although the answers of the
/// writes overtake one another: a bot may be claimed before the caller that scheduled it has heard of its success.
/// </summary>
/// <remarks>
/// <para>Each write has a ticket from before it is sent until its answer is told. Whatever was written before an event
/// has either been told already or still holds a ticket that was given out before the event was told. So an event waits
/// for exactly those tickets, in a first-in-first-out line of places; and whenever a place comes up, it is the earliest
/// waiting event of that bot, by version, that takes it.</para>
/// <para>A write that does not answer must not hold everything back for good: past <see cref="MaxWaiting"/> the first
/// places come up without their tickets.</para>
/// <para>Thread-safe: one lock, held shortly.</para>
/// </remarks>
internal sealed class EventOrder(Action<BotEvent> deliver)
{
    /// <summary>The most events that wait for the answers of earlier writes.</summary>
    public const int MaxWaiting = 10_000;

    private readonly Lock _lock = new();
    private readonly SortedSet<long> _running = [];
    private readonly Queue<(BotId Id, long LastTicket)> _places = new();
    private readonly Dictionary<BotId, PriorityQueue<BotEvent, (long Version, long Arrival)>> _waiting = [];
    private long _lastTicket;
    private long _arrivals;

    /// <summary>A write is about to be sent.</summary>
    /// <returns>Its ticket.</returns>
    public long Begin()
    {
        lock (_lock)
        {
            _running.Add(++_lastTicket);
            return _lastTicket;
        }
    }

    /// <summary>A write was answered, or failed.</summary>
    /// <param name="ticket">Its ticket.</param>
    /// <param name="events">What it wrote.</param>
    public void End(long ticket, IReadOnlyList<BotEvent> events)
    {
        lock (_lock)
        {
            _running.Remove(ticket);
            foreach (BotEvent botEvent in events)
            {
                Enqueue(botEvent);
            }

            long firstRunning = _running.Count == 0 ? long.MaxValue : _running.Min;
            while (_places.TryPeek(out (BotId Id, long LastTicket) place) && (place.LastTicket < firstRunning || _places.Count > MaxWaiting))
            {
                _places.Dequeue();
                deliver(Dequeue(place.Id));
            }
        }
    }

    private void Enqueue(BotEvent botEvent)
    {
        if (!_waiting.TryGetValue(botEvent.Id, out PriorityQueue<BotEvent, (long, long)>? events))
        {
            _waiting[botEvent.Id] = events = new PriorityQueue<BotEvent, (long, long)>();
        }

        events.Enqueue(botEvent, (botEvent.Version, _arrivals++));
        _places.Enqueue((botEvent.Id, _lastTicket));
    }

    private BotEvent Dequeue(BotId id)
    {
        PriorityQueue<BotEvent, (long, long)> events = _waiting[id];
        BotEvent first = events.Dequeue();
        if (events.Count == 0)
        {
            _waiting.Remove(id);
        }

        return first;
    }
}
