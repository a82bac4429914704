using ScheduledBots.Lifecycle;

namespace ScheduledBots.Execution;

/// <summary>
/// Has the garbage collected shortly before many bots join at once, while nobody waits: a collection among the starts of a
/// herd stops all of them, for longer than the starts take.
/// </summary>
/// <param name="collect">Collects; null where that is the host's business alone.</param>
/// <remarks>Thread-safe; only the loop calls <see cref="Turn"/>.</remarks>
internal sealed class HerdCollector(Action? collect)
{
    /// <summary>From how many bots at one instant on it is worth a collection. What fewer allocate seldom brings one about.</summary>
    public const int HerdSize = 1_000;

    /// <summary>How long before the instant the first chance to collect is.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(200);

    /// <summary>How long nothing may be due for a collection to begin: the youngest generation takes a few milliseconds, more where much of it lives.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(60);

    private readonly PriorityQueue<DateTimeOffset, DateTimeOffset> _herds = new();

    /// <summary>An arming statement has answered; a herd is armed by one.</summary>
    public void Armed(IReadOnlyList<BotSnapshot> bots)
    {
        if (collect is null || bots.Count < HerdSize)
        {
            return;
        }

        foreach ((DateTimeOffset joinAt, int count) in bots.CountBy(bot => bot.JoinAt))
        {
            if (count >= HerdSize)
            {
                lock (_herds)
                {
                    _herds.Enqueue(joinAt, joinAt);
                }
            }
        }
    }

    /// <summary>Collects when it is time and nothing is due just now; another turn is another chance.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="next">When the loop has something to do, or null.</param>
    /// <returns>When the loop has something to do, or this has; null for neither.</returns>
    public DateTimeOffset? Turn(DateTimeOffset now, DateTimeOffset? next)
    {
        if (collect is null || !TryPeek(now + Calm, out DateTimeOffset joinAt))
        {
            return next;
        }

        DateTimeOffset first = joinAt - Lead;
        if (now < first)
        {
            return next < first ? next : first;
        }

        if (next is null || next - now >= Calm)
        {
            collect();
            lock (_herds)
            {
                _herds.Dequeue();
            }
        }

        return next;
    }

    /// <summary>
    /// Collects the two young generations of this process. Where the runtime begins to collect the old one in the background
    /// instead, the young are as full as before, and it is asked again.
    /// </summary>
    public static void CollectYoung()
    {
        long last = GC.GetGCMemoryInfo(GCKind.Ephemeral).Index;
        GC.Collect(1);
        if (GC.GetGCMemoryInfo(GCKind.Ephemeral).Index == last)
        {
            GC.Collect(1);
        }
    }

    /// <summary>The next herd. For those that are due too soon it is too late.</summary>
    private bool TryPeek(DateTimeOffset soon, out DateTimeOffset joinAt)
    {
        lock (_herds)
        {
            while (_herds.TryPeek(out joinAt, out _))
            {
                if (joinAt >= soon)
                {
                    return true;
                }

                _herds.Dequeue();
            }

            return false;
        }
    }
}
