using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>One beat of a node: the sign that it lives, and where it stands.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BeatQuery
{
    /// <summary>The longest name and the longest version, in characters.</summary>
    public const int MaxNameLength = 128;

    /// <summary>The node.</summary>
    public required NodeId Node { get; init; }

    /// <summary>What people call it; at most <see cref="MaxNameLength"/> characters.</summary>
    public required string Name { get; init; }

    /// <summary>The library's version there; at most <see cref="MaxNameLength"/> characters.</summary>
    public required string Version { get; init; }

    /// <summary>Where it stands: alive, draining, or, with its last beat, left.</summary>
    public required NodeStatus Status { get; init; }

    /// <summary>
    /// Whether no beat of this node was sent before, so that the store may register it. Later beats never register, not
    /// even where the first one went unanswered: a node that has been declared dead and then forgotten must not come back.
    /// </summary>
    public required bool IsFirst { get; init; }
}
