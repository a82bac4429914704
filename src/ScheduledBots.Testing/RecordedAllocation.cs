using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Testing;

/// <summary>One call of the allocator, and what became of what it delivered.</summary>
/// <remarks>Not thread-safe: written while the host runs, so read it when it stands still.</remarks>
public sealed class RecordedAllocation
{
    internal RecordedAllocation(Bot bot, Fence fence, DateTimeOffset startedAt)
    {
        Bot = bot;
        Fence = fence;
        StartedAt = startedAt;
    }

    /// <summary>The bot as the allocator was shown it.</summary>
    public Bot Bot { get; }

    /// <summary>The call's fencing token.</summary>
    public Fence Fence { get; }

    /// <summary>When the call began.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When it ended, or null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>What it delivered, or null.</summary>
    public Allocation? Allocation { get; internal set; }

    /// <summary>What it threw, or null.</summary>
    public Exception? Error { get; internal set; }

    /// <summary>When what it delivered was first released, or null.</summary>
    public DateTimeOffset? ReleasedAt { get; internal set; }

    /// <summary>How many times it was released; never more than once, or the library is wrong.</summary>
    public int ReleaseCount { get; internal set; }

    /// <summary>When a bot joined with it, or null.</summary>
    public DateTimeOffset? JoinedAt { get; internal set; }

    /// <summary>Whether it was delivered and has been neither released nor joined with.</summary>
    public bool IsHeld => Allocation is not null && ReleasedAt is null && JoinedAt is null;

    /// <summary>The bot, the fence and the instants.</summary>
    /// <returns>A text without the handle.</returns>
    public override string ToString() =>
        $"allocation for bot {Bot.Id} (fence {Fence}) from {StartedAt:O} to {EndedAt:O}, released {ReleasedAt:O}, joined {JoinedAt:O}";
}
