using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Model;

/// <summary>The verbs by which engines watch over each other: beat, declare dead, adopt.</summary>
public sealed partial class ModelStore
{
    private readonly Dictionary<NodeId, NodeRow> _nodes = [];

    private int AliveCount => Math.Max(1, _nodes.Values.Count(node => node.Status == NodeStatus.Alive));

    private DateTimeOffset? StoreNow => _clock?.GetUtcNow();

    /// <inheritdoc/>
    public Task<BeatOutcome> BeatAsync(BeatQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Locked(() => Traits.HasSingleEngine ? new BeatOutcome(Applied: true, StoreNow, []) : Beat(query));
    }

    /// <inheritdoc/>
    public Task<bool> DeclareDeadAsync(NodeId node, long observedBeat, CancellationToken cancellationToken) =>
        Locked(() => DeclareDead(node, observedBeat));

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> AdoptAsync(AdoptQuery query, CancellationToken cancellationToken) => LockedList(() => Adopt(query));

    private BeatOutcome Beat(BeatQuery query)
    {
        NodeRow? node = _nodes.GetValueOrDefault(query.Node);
        bool applied = node?.CanBeat ?? query.IsFirst;
        if (applied)
        {
            _nodes[query.Node] = new NodeRow(
                query.Node, query.Name, query.Version, (node?.Beat ?? 0) + 1, query.Status, StoreNow ?? default, DeadAt: null);
        }

        return new BeatOutcome(applied, StoreNow, [.. _nodes.Values.OrderBy(row => row.Id.Value)]);
    }

    private bool DeclareDead(NodeId id, long observedBeat)
    {
        if (!_nodes.TryGetValue(id, out NodeRow? node) || !node.CanBeat || node.Beat != observedBeat)
        {
            return false;
        }

        _nodes[id] = node with { Status = NodeStatus.Dead, DeadAt = StoreNow };
        return true;
    }

    private List<BotSnapshot> Adopt(AdoptQuery query)
    {
        List<BotSnapshot> adopted = [];
        if (!Has(query.Owner, NodeStatus.Alive))
        {
            return adopted;
        }

        foreach (BotSnapshot row in InOrder(row => IsLost(row, query.Owner) && query.Takes(row)).Take(query.Limit))
        {
            BotSnapshot next = query.Adopt(row, _nodes.GetValueOrDefault(row.Owner!.Value)).ToSnapshot();
            Write(next);
            adopted.Add(next);
        }

        return adopted;
    }

    /// <summary>Whether the owner will not come back: it is dead, left or not known; or not the one engine there is.</summary>
    private bool IsLost(BotSnapshot row, NodeId asking) =>
        row.Owner is { } owner && owner != asking && (Traits.HasSingleEngine || !Has(owner, NodeStatus.Alive, NodeStatus.Draining));

    /// <summary>Whether a node stands where a verb needs it; with a single engine nobody asks.</summary>
    private bool Has(NodeId id, params NodeStatus[] statuses) =>
        Traits.HasSingleEngine || (_nodes.TryGetValue(id, out NodeRow? node) && statuses.Contains(node.Status));

    private void ForgetNodes(DateTimeOffset seenBefore)
    {
        foreach (NodeRow node in _nodes.Values.Where(node => !node.CanBeat && node.SeenAt < seenBefore).ToArray())
        {
            _nodes.Remove(node.Id);
        }
    }
}
