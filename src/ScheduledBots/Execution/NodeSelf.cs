using ScheduledBots.Lifecycle;

namespace ScheduledBots.Execution;

/// <summary>
/// What this engine is among others: its incarnation, and until when it may trust that nobody has declared it dead.
/// </summary>
/// <remarks>
/// <para>Trust is anchored at the <em>sending</em> of a beat that the store confirmed. A peer declares this node dead only
/// after having seen that beat for the whole time to live on its own clock, which began later; so as long as less than that has
/// passed here, with a beat's distance to spare, nobody can have. Without trust nothing is claimed, adopted or armed; what
/// is armed may still start, within its window.</para>
/// <para>An engine that has the store for itself always trusts itself. Thread-safe.</para>
/// </remarks>
internal sealed class NodeSelf(NodeId id, bool isShared, TimeSpan trustLength, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private NodeId _id = id;
    private long? _confirmedAt;
    private long _begunAt = timeProvider.GetTimestamp();

    /// <summary>Whether other engines use the store.</summary>
    public bool IsShared { get; } = isShared;

    /// <summary>The incarnation that beats now.</summary>
    public NodeId Id
    {
        get
        {
            lock (_lock)
            {
                return _id;
            }
        }
    }

    /// <summary>Whether nobody can have declared this incarnation dead yet.</summary>
    public bool IsTrusted
    {
        get
        {
            lock (_lock)
            {
                return !IsShared || (_confirmedAt is { } at && timeProvider.GetElapsedTime(at) < trustLength);
            }
        }
    }

    /// <summary>How long the store has confirmed no beat of this incarnation, or null where trust needs none or is not lost.</summary>
    public TimeSpan? Silence
    {
        get
        {
            lock (_lock)
            {
                TimeSpan silence = timeProvider.GetElapsedTime(_confirmedAt ?? _begunAt);
                return IsShared && silence >= trustLength ? silence : null;
            }
        }
    }

    /// <summary>Whether what a node owns may be started here: it is this incarnation, not one that was declared dead.</summary>
    public bool Is(NodeId? owner) => owner == Id;

    /// <summary>The store confirmed a beat of an incarnation.</summary>
    /// <param name="beating">The incarnation.</param>
    /// <param name="sentTimestamp">The monotonic clock before the beat was sent.</param>
    public void Confirm(NodeId beating, long sentTimestamp)
    {
        lock (_lock)
        {
            _confirmedAt = beating == _id ? sentTimestamp : _confirmedAt;
        }
    }

    /// <summary>The incarnation was declared dead: from here on another one beats, and nothing of the old one is started.</summary>
    public void BeginAnew(NodeId next)
    {
        lock (_lock)
        {
            _id = next;
            _confirmedAt = null;
            _begunAt = timeProvider.GetTimestamp();
        }
    }
}
