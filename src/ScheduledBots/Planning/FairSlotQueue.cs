using System.Diagnostics.CodeAnalysis;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Planning;

/// <summary>
/// Bots of many tenants that wait for one of a limited number of concurrent calls, so shared that no tenant can keep
/// another from its turn, however many of its bots are due.
/// </summary>
/// <remarks>
/// <para>A slot goes to the tenant that runs the fewest calls; of several, to the one whose turn is in the earliest round;
/// of those, to the one whose next bot is due first. Within a tenant the earliest JoinAt goes first.</para>
/// <para>Fewest running calls alone would not do: with one slot nobody runs any when it falls free, and a tenant with the
/// earliest bots would have it for ever. So time is counted in rounds (start-time fair queueing, Goyal, Vin and Cheng 1996,
/// with calls of equal weight): being served ends a tenant's turn in the current round, and its next one is in the round
/// after. A tenant that comes anew, or comes back, joins the current round, not an earlier one it could save up. One that
/// was served in this round is remembered until the round is over, even if it leaves, so that coming back gains nothing.</para>
/// <para>A tenant that waits and runs no more calls than another is passed over by that one at most twice.</para>
/// <para>Not thread-safe. A bot that left its phase while it queued is passed over when its turn comes.</para>
/// </remarks>
internal sealed class FairSlotQueue(PlannedPhase phase, int slotCount)
{
    private readonly Dictionary<string, TenantLane> _lanes = [];
    // Each allocation has a (bot, fence) of its own: a retry raises the fence.
    private readonly Dictionary<(BotId, Fence), TenantLane> _running = [];
    private readonly SortedSet<TenantLane> _waiting = new(TenantLane.ByTurn);
    private readonly List<TenantLane> _resting = [];
    private long _round;

    /// <summary>How many slots are taken.</summary>
    public int Running => _running.Count;

    /// <summary>How many tenants are remembered: those that wait or run calls, and those that were served in this round.</summary>
    public int TenantCount => _lanes.Count;

    public void Enqueue(PlannedBot planned)
    {
        if (!_lanes.TryGetValue(planned.Bot.Tenant, out TenantLane? lane))
        {
            lane = new TenantLane(planned.Bot.Tenant) { Round = _round };
            _lanes.Add(lane.Tenant, lane);
        }

        _waiting.Remove(lane);
        lane.Queue.Enqueue(planned, planned.Bot.JoinAt);
        _waiting.Add(lane);
    }

    /// <summary>Takes a slot for the next bot, if there are both.</summary>
    public bool TryStart([NotNullWhen(true)] out PlannedBot? planned)
    {
        planned = null;
        while (Running < slotCount && _waiting.Min is { } lane)
        {
            _waiting.Remove(lane);
            PlannedBot first = lane.Queue.Dequeue();
            if (first.Phase == phase)
            {
                planned = first;
                Serve(lane, first);
            }

            PutBack(lane);
            if (planned is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives the slot of a bot back.</summary>
    public void Free(BotId id, Fence fence)
    {
        if (_running.Remove((id, fence), out TenantLane? lane))
        {
            _waiting.Remove(lane);
            lane.Running--;
            PutBack(lane);
        }
    }

    private void Serve(TenantLane lane, PlannedBot planned)
    {
        bool beginsRound = lane.Round > _round;
        _round = beginsRound ? lane.Round : _round;
        lane.Round = _round + 1;
        lane.Running++;
        _running.Add((planned.Bot.Id, planned.Bot.Fence), lane);
        if (beginsRound)
        {
            ForgetResting();
        }
    }

    /// <summary>A lane that has nothing left is forgotten once its turn says no more than that of a new one would.</summary>
    private void PutBack(TenantLane lane)
    {
        if (lane.Queue.Count > 0)
        {
            _waiting.Add(lane);
        }
        else if (lane.Running == 0 && lane.Round > _round)
        {
            _resting.Add(lane);
        }
        else if (lane.Running == 0)
        {
            _lanes.Remove(lane.Tenant);
        }
    }

    /// <summary>Nobody's turn is later than the round after the one that has just ended, so all who rested can go.</summary>
    private void ForgetResting()
    {
        foreach (TenantLane lane in _resting)
        {
            if (lane is { Running: 0, Queue.Count: 0 })
            {
                _lanes.Remove(lane.Tenant);
            }
        }

        _resting.Clear();
    }
}
