using ScheduledBots.Lifecycle;

namespace ScheduledBots.Extensibility;

/// <summary>One call of the joiner. (Bot, <see cref="Attempt"/>) is its idempotency key.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JoinAttempt
{
    /// <summary>The bot as it was armed.</summary>
    public required Bot Bot { get; init; }

    /// <summary>The number of this attempt; the first is 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The fencing token; hand it to whatever can refuse an older one.</summary>
    public required Fence Fence { get; init; }

    /// <summary>Whether an earlier attempt may be in the meeting already.</summary>
    public required bool PossiblyStarted { get; init; }

    /// <summary>What the allocator handed over.</summary>
    public required Allocation Allocation { get; init; }

    /// <summary>When this call began, on the scheduler's clock; never before <c>JoinAt</c>.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How late the call began; never negative.</summary>
    public TimeSpan Lateness => StartedAt - Bot.JoinAt;

    /// <summary>Cancelled when this node learns that another one has taken the bot over.</summary>
    public CancellationToken Superseded { get; init; }

    /// <summary>The bot's id, the attempt and the fence.</summary>
    /// <returns>A text fit for logs.</returns>
    public override string ToString() => $"attempt {Attempt} of bot {Bot.Id} (fence {Fence})";
}
