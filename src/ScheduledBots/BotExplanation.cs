using ScheduledBots.Lifecycle;

namespace ScheduledBots;

/// <summary>Why a bot is where it is, at the instant it was asked.</summary>
/// <remarks>Immutable and thread-safe. Carries no URL, no metadata and none of the host's words, so it is fit for logs.</remarks>
public sealed record BotExplanation
{
    /// <summary>The bot.</summary>
    public required BotId Id { get; init; }

    /// <summary>The status callers see.</summary>
    public required BotStatus Status { get; init; }

    /// <summary>The reason as a value.</summary>
    public required ExplanationReason Reason { get; init; }

    /// <summary>The reason as a sentence for people, with its instants.</summary>
    public required string Sentence { get; init; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When the staging of the bot begins or began, if nothing holds it: its lead and its own share of the spread before its due instant.</summary>
    public required DateTimeOffset StagingAt { get; init; }

    /// <summary>The due instant.</summary>
    public required DateTimeOffset JoinAt { get; init; }

    /// <summary>When the reason ends by itself, or null where that is not a matter of time.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Why the last try, or the bot, failed; or null.</summary>
    public FailureReason? LastFailure { get; init; }
}
