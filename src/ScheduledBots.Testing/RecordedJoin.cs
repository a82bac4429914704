using ScheduledBots.Extensibility;

namespace ScheduledBots.Testing;

/// <summary>One call of the joiner, and what came of it.</summary>
/// <remarks>Not thread-safe: written while the host runs, so read it when it stands still.</remarks>
public sealed class RecordedJoin
{
    internal RecordedJoin(JoinAttempt attempt, DateTimeOffset startedAt)
    {
        Attempt = attempt;
        StartedAt = startedAt;
    }

    /// <summary>What the joiner was called with.</summary>
    public JoinAttempt Attempt { get; }

    /// <summary>When the call began, in true virtual time.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When it ended, or null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>What it returned, or null.</summary>
    public JoinResult? Result { get; internal set; }

    /// <summary>What it threw, or null.</summary>
    public Exception? Error { get; internal set; }

    /// <summary>Whether it said that the bot is in the meeting.</summary>
    public bool HasJoined => Result?.Outcome == JoinOutcome.Joined;

    /// <summary>The attempt and the instants.</summary>
    /// <returns>A text without URL and handle.</returns>
    public override string ToString() =>
        $"{Attempt} from {StartedAt:O} to {EndedAt:O}: {Result?.Outcome.ToString() ?? Error?.GetType().Name ?? "running"}";
}
