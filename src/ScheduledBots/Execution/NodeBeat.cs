using Microsoft.Extensions.Logging;
using ScheduledBots.Configuration;
using ScheduledBots.Diagnostics;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;
using ScheduledBots.Timing;

namespace ScheduledBots.Execution;

/// <summary>
/// Beats: shows the other engines that this one lives, learns from the same answer what the store's clock says and who has
/// fallen silent, and declares those dead.
/// </summary>
/// <remarks>
/// <para>A waker and a thread of its own, so that neither the loop, nor the host's code, nor a starved shared pool delays a
/// beat. One beat at a time, the next one an interval after the last was sent, at once if that has passed: a failed beat never
/// backs off further.</para>
/// <para>A beat promises that this node does its work. It is withheld while the loop, the arming or the writing make no
/// progress: a node that beats but cannot fire would keep its bots from those that can.</para>
/// <para>A beat that does not apply means that this incarnation was declared dead. It is fenced at once, whatever its joins
/// still return is reported, and a new incarnation registers without a restart.</para>
/// <para>Only the first beat under a name may register it. Where its answer is lost, nobody knows whether it did; and until
/// the next one gets through, the name may have been registered, declared dead and forgotten. So the next one does not
/// register: it is either confirmed, or the node, which owns nothing yet, comes under another name.</para>
/// </remarks>
internal sealed class NodeBeat(
    IBotStore store,
    NodeSelf self,
    SignalQueue signals,
    EngineClock clock,
    TimeProvider timeProvider,
    CallRunner runner,
    Func<NodeId> newNodeId,
    Func<long> loopTurns,
    Func<bool> storeWorkMoves,
    Action reborn,
    ScheduledBotsOptions options,
    ILogger log)
{
    private readonly PeerWatch _watch = new(options.BeatInterval, options.NodeTimeToLive);
    private Action _wake = () => { };
    private DateTimeOffset _dueAt = DateTimeOffset.MinValue;
    private long? _answeredAt;
    private long? _turnsWhenTold;
    private volatile NodeStatus _status = NodeStatus.Alive;
    private volatile bool _isUnderway;
    private volatile bool _isKnown;
    private volatile bool _isWanted;
    private NodeId? _registering;

    /// <summary>From here on the beats say that this node takes nothing new.</summary>
    public void Drain() => _status = NodeStatus.Draining;

    /// <summary>Gives the turns that the waker asks for.</summary>
    public void Start(Waker waker)
    {
        _wake = waker.Signal;
        clock.Leapt += BeatNow;
        waker.Start(Turn);
    }

    /// <summary>The last beat, once the waker has ended: what this node still owns may be adopted at once.</summary>
    /// <param name="says">Whether it is said; a node that is only dropped falls silent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task LeaveAsync(bool says, CancellationToken cancellationToken)
    {
        if (!_isKnown || !says)
        {
            return;
        }

        try
        {
            await store.BeatAsync(Query(self.Id, NodeStatus.Left, isFirst: false), cancellationToken);
        }
        catch (Exception error)
        {
            // Then the others wait for its silence.
            Log.LeavingFailed(log, error);
        }
    }

    /// <summary>A leap of the wall clock shuts the gate until a beat has told what time it is: that is no time to wait for the next one.</summary>
    private void BeatNow()
    {
        _isWanted = true;
        _wake();
    }

    private DateTimeOffset? Turn()
    {
        DateTimeOffset now = clock.Now;
        if (_isUnderway)
        {
            return null; // its answer asks for the next turn
        }

        if (_isWanted)
        {
            _isWanted = false;
            BeatEarlier(now);
        }

        // A clock that went back must not stop the heart.
        _dueAt = _dueAt > now + options.BeatInterval ? now : _dueAt;
        if (_dueAt > now)
        {
            return _dueAt;
        }

        _dueAt = now + options.BeatInterval;
        if (!storeWorkMoves() || (_turnsWhenTold is { } turns && loopTurns() == turns))
        {
            Log.BeatWithheld(log, self.Id);
            return _dueAt;
        }

        _isUnderway = true;
        runner.Post(() => _ = BeatAsync(self.Id));
        return null;
    }

    private async Task BeatAsync(NodeId node)
    {
        try
        {
            bool isFirst = _registering != node;
            _registering = node;
            ClockMark sent = clock.Mark();
            BeatOutcome outcome = await store.BeatAsync(Query(node, _status, isFirst), CancellationToken.None);
            long received = timeProvider.GetTimestamp();
            bool isNews = outcome.StoreNow is not { } storeNow || clock.AnchorToStore(storeNow, sent);
            if (!outcome.Applied)
            {
                await DeclaredDeadAsync(node);
            }
            else if (isNews)
            {
                await ConfirmedAsync(node, outcome, sent.Timestamp, received);
            }
            else
            {
                // The machine slept while it was under way: nobody knows how long ago it was confirmed.
                _isKnown = true;
                _dueAt = DateTimeOffset.MinValue;
            }
        }
        catch (Exception error)
        {
            Log.BeatFailed(log, error, options.BeatInterval);
        }
        finally
        {
            _isUnderway = false;
            _wake();
        }
    }

    private async Task ConfirmedAsync(NodeId node, BeatOutcome outcome, long sent, long received)
    {
        _isKnown = true;
        self.Confirm(node, sent);
        TimeSpan sinceLast = _answeredAt is { } at ? timeProvider.GetElapsedTime(at, sent) : TimeSpan.Zero;
        _answeredAt = received;
        // A signal gives the loop a turn: one that has not come to its end by the next beat is stuck.
        _turnsWhenTold = loopTurns();
        await signals.PostAsync(new Signal.Beaten());
        IReadOnlyList<NodeRow> silent = _watch.Observe(node, outcome.Nodes, sinceLast);
        BeatEarlierWherePeerFallsSilent();
        foreach (NodeRow peer in silent)
        {
            if (await store.DeclareDeadAsync(peer.Id, peer.Beat, CancellationToken.None))
            {
                Log.DeclaredDead(log, peer.Id, peer.Name, options.NodeTimeToLive);

                // Its bots are looked for now: with the next beat it would be too late for some of them.
                await signals.PostAsync(new Signal.Beaten());
            }
        }
    }

    /// <summary>A time to live ends when it ends, and not with the beat after: that one would come almost a whole interval later.</summary>
    private void BeatEarlierWherePeerFallsSilent()
    {
        DateTimeOffset silentAt = clock.Now + _watch.UntilSilent;
        if (silentAt < _dueAt)
        {
            BeatEarlier(silentAt);
        }
    }

    /// <summary>A beat before its time tells nothing whether the loop has had its turn since the last one.</summary>
    private void BeatEarlier(DateTimeOffset at)
    {
        _dueAt = at;
        _turnsWhenTold = null;
    }

    private async Task DeclaredDeadAsync(NodeId node)
    {
        NodeId next = newNodeId();
        if (_isKnown)
        {
            Log.WasDeclaredDead(log, node, next);
        }

        self.BeginAnew(next);
        _isKnown = false;
        _answeredAt = null;
        _dueAt = DateTimeOffset.MinValue;
        reborn();
        await signals.PostAsync(new Signal.NodeLost(node));
    }

    private BeatQuery Query(NodeId node, NodeStatus status, bool isFirst) => new()
    {
        Node = node,
        Name = options.NodeName,
        Version = typeof(NodeBeat).Assembly.GetName().Version?.ToString() ?? "",
        Status = status,
        IsFirst = isFirst,
    };
}
