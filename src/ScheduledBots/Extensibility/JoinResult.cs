namespace ScheduledBots.Extensibility;

/// <summary>What a joiner returns; made by <see cref="Joined"/>, <see cref="Failed"/> and <see cref="Retry"/>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JoinResult
{
    private static readonly JoinResult TheJoined = new(JoinOutcome.Joined, null, TimeSpan.Zero);

    private JoinResult(JoinOutcome outcome, string? reason, TimeSpan retryAfter)
    {
        Outcome = outcome;
        Reason = reason;
        RetryAfter = retryAfter;
    }

    /// <summary>What the call came to.</summary>
    public JoinOutcome Outcome { get; }

    /// <summary>The joiner's words, or null.</summary>
    public string? Reason { get; }

    /// <summary>How long to wait before the next attempt; zero unless the outcome is <see cref="JoinOutcome.Retry"/>.</summary>
    public TimeSpan RetryAfter { get; }

    /// <summary>The bot is in the meeting. From here on the allocation is the host's: the library never releases it.</summary>
    /// <returns>The result.</returns>
    public static JoinResult Joined() => TheJoined;

    /// <summary>The bot is definitely not in the meeting and should not try again; its allocation is released.</summary>
    /// <param name="reason">Why; stored, so no secrets; what is longer than 1,024 characters is cut.</param>
    /// <returns>The result.</returns>
    public static JoinResult Failed(string reason) => new(JoinOutcome.Failed, reason, TimeSpan.Zero);

    /// <summary>The bot is definitely not in the meeting but may succeed later; its allocation is kept for the next attempt.</summary>
    /// <param name="after">
    /// How long to wait; zero or more. The bot fails instead where that would be after the misfire grace, or where it has had
    /// <c>MaxJoinAttempts</c> calls.
    /// </param>
    /// <param name="reason">Why; stored, so no secrets; what is longer than 1,024 characters is cut.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is negative.</exception>
    public static JoinResult Retry(TimeSpan after, string? reason = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(after, TimeSpan.Zero);
        return new JoinResult(JoinOutcome.Retry, reason, after);
    }
}
