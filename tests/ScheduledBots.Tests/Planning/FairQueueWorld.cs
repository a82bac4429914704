using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Planning;

/// <summary>A fair queue and the books that judge each start: lists that are searched from end to end.</summary>
internal sealed class FairQueueWorld(int slots)
{
    private readonly FairSlotQueue _queue = new(PlannedPhase.QueuedForStaging, slots);
    private readonly List<PlannedBot> _waiting = [];
    private readonly List<PlannedBot> _running = [];
    private readonly HashSet<string> _seen = [];

    /// <summary>How often a tenant that waits was passed over by one that ran no fewer calls, since it began to wait or was served.</summary>
    private readonly Dictionary<(string Waiting, string Served), int> _passed = [];

    private int _created;

    /// <summary>Starts for which more than one tenant waited.</summary>
    public int ContestedCount { get; private set; }

    /// <summary>How often a tenant came back that had nothing left.</summary>
    public int ReturnedCount { get; private set; }

    public static PlannedBot Bot(string tenant, int number, double dueInMinutes) => new(ScheduledBots.Lifecycle.Bot.FromSnapshot(
        Examples.Row(BotStatus.Scheduled) with
        {
            Id = new BotId(new Guid(number + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
            Tenant = tenant,
            JoinAt = Examples.Noon.AddMinutes(dueInMinutes),
        }), number)
    {
        Phase = PlannedPhase.QueuedForStaging,
    };

    public void Enqueue(string tenant, int minutes)
    {
        PlannedBot planned = Bot(tenant, _created++, minutes);
        bool isIdle = !_waiting.Concat(_running).Any(one => one.Bot.Tenant == tenant);
        ReturnedCount += !_seen.Add(tenant) && isIdle ? 1 : 0;
        _waiting.Add(planned);
        _queue.Enqueue(planned);
    }

    /// <summary>A bot that waits is called off.</summary>
    public void Drop(int number)
    {
        if (_waiting.Count > 0)
        {
            PlannedBot dropped = _waiting[number % _waiting.Count];
            dropped.Phase = PlannedPhase.Gone;
            _waiting.Remove(dropped);
            Forget(dropped.Bot.Tenant);
        }
    }

    public void Free(int number)
    {
        if (_running.Count > 0)
        {
            PlannedBot ended = _running[number % _running.Count];
            _running.Remove(ended);
            _queue.Free(ended.Bot.Id, ended.Bot.Fence);
        }
    }

    public void FillSlots()
    {
        while (_queue.TryStart(out PlannedBot? planned))
        {
            Judge(planned);
        }

        Assert.True(_running.Count == slots || _waiting.Count == 0, "a slot is free and somebody waits");
        Assert.Equal(_running.Count, _queue.Running);
    }

    /// <summary>Serves all that wait; then nobody is remembered but who is served after.</summary>
    public void Drain()
    {
        for (FillSlots(); _running.Count > 0; FillSlots())
        {
            Free(0);
        }

        for (int i = 0; i < 2; i++)
        {
            Enqueue("last", 0);
            FillSlots();
            Free(0);
        }

        Assert.Equal(1, _queue.TenantCount);
    }

    private void Judge(PlannedBot planned)
    {
        string tenant = planned.Bot.Tenant;
        Assert.Contains(planned, _waiting);
        Assert.True(_running.Count < slots, "more slots than there are");
        Assert.DoesNotContain(_waiting, other => other.Bot.Tenant == tenant && other.Bot.JoinAt < planned.Bot.JoinAt);
        string[] others = [.. _waiting.Select(one => one.Bot.Tenant).Where(other => other != tenant).Distinct()];
        ContestedCount += others.Length > 0 ? 1 : 0;
        foreach (string other in others)
        {
            Assert.True(RunningOf(other) >= RunningOf(tenant), "somebody who waits runs fewer calls");
            if (RunningOf(other) == RunningOf(tenant))
            {
                int passed = _passed[(other, tenant)] = _passed.GetValueOrDefault((other, tenant)) + 1;
                Assert.True(passed <= 2, $"{other} was passed over by {tenant} {passed} times");
            }
        }

        _waiting.Remove(planned);
        _running.Add(planned);
        foreach ((string waiting, string served) in _passed.Keys.Where(key => key.Waiting == tenant).ToArray())
        {
            _passed.Remove((waiting, served));
        }

        Forget(tenant);
    }

    /// <summary>Who does not wait any more has not been passed over.</summary>
    private void Forget(string tenant)
    {
        if (!_waiting.Exists(one => one.Bot.Tenant == tenant))
        {
            foreach ((string waiting, string served) in _passed.Keys.Where(key => key.Waiting == tenant).ToArray())
            {
                _passed.Remove((waiting, served));
            }
        }
    }

    private int RunningOf(string tenant) => _running.Count(one => one.Bot.Tenant == tenant);
}
