using ScheduledBots.Lifecycle;

namespace ScheduledBots.Extensibility;

/// <summary>Something that happened to a bot: a transition that is written, or a suspicion.</summary>
/// <remarks>
/// Immutable and thread-safe. Carries ids, states and instants only, so it may be logged or sent anywhere: URL, name,
/// metadata, resource and the words of the host's code stay with the bot, which <c>IBotScheduler.FindAsync</c> reads.
/// </remarks>
public sealed record BotEvent
{
    /// <summary>What happened.</summary>
    public required BotEventKind Kind { get; init; }

    /// <summary>The scheduler's name; empty for the default one.</summary>
    public required string Scheduler { get; init; }

    /// <summary>The bot.</summary>
    public required BotId Id { get; init; }

    /// <summary>The tenant it belongs to; empty where the host has none.</summary>
    public required string Tenant { get; init; }

    /// <summary>The status before, or null for a bot that is new.</summary>
    public BotStatus? From { get; init; }

    /// <summary>The status after; the same where the event changes something else.</summary>
    public required BotStatus To { get; init; }

    /// <summary>When, on the clock of the scheduler that did it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The bot's due instant after the event.</summary>
    public required DateTimeOffset JoinAt { get; init; }

    /// <summary>Whether the bot was requested without a <c>JoinAt</c>, to join as soon as it is ready.</summary>
    public bool IsAdHoc { get; init; }

    /// <summary>The node that did it, or null for a caller.</summary>
    public NodeId? Node { get; init; }

    /// <summary>The bot's attempt; zero before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>The fencing token in force after the event.</summary>
    public Fence Fence { get; init; }

    /// <summary>Why, where it was a failure.</summary>
    public FailureReason? Reason { get; init; }

    /// <summary>How long after <c>JoinAt</c> the joiner was called, where it was; never negative.</summary>
    public TimeSpan? Lateness { get; init; }

    /// <summary>The bot's version after the event as its writer knew it; orders the events of one bot.</summary>
    internal long Version { get; init; }

    /// <summary>What happened to which bot.</summary>
    /// <returns>A text fit for logs.</returns>
    public override string ToString() => $"{Kind}: bot {Id} ({From?.ToString() ?? "new"} to {To}, fence {Fence}, attempt {Attempt})";
}
