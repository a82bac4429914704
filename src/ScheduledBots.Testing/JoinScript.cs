using ScheduledBots.Extensibility;

namespace ScheduledBots.Testing;

/// <summary>What one joiner call does, and after how long.</summary>
/// <remarks>Immutable and thread-safe; made by its factories, varied by <c>with</c>.</remarks>
public sealed record JoinScript
{
    private JoinScript(JoinScriptKind kind, TimeSpan after)
    {
        Kind = kind;
        After = after;
    }

    /// <summary>What it comes to.</summary>
    public JoinScriptKind Kind { get; }

    /// <summary>How long the call takes.</summary>
    public TimeSpan After { get; init; }

    /// <summary>The words of a failure, a retry or an exception.</summary>
    public string Reason { get; init; } = "as scripted";

    /// <summary>How long a retry asks to wait.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>Whether the call goes on when it is cancelled, as code does that listens to no token: its result then comes too late.</summary>
    public bool IgnoresCancellation { get; init; }

    /// <summary>The bot is in the meeting.</summary>
    /// <param name="after">How long the call takes.</param>
    /// <returns>The script.</returns>
    public static JoinScript Joins(TimeSpan after = default) => new(JoinScriptKind.Joins, after);

    /// <summary>The bot is definitely not in the meeting.</summary>
    /// <param name="after">How long the call takes.</param>
    /// <returns>The script.</returns>
    public static JoinScript Fails(TimeSpan after = default) => new(JoinScriptKind.Fails, after);

    /// <summary>Another attempt is wanted.</summary>
    /// <param name="retryAfter">How long it asks to wait.</param>
    /// <param name="after">How long the call takes.</param>
    /// <returns>The script.</returns>
    public static JoinScript Retries(TimeSpan retryAfter, TimeSpan after = default) => new(JoinScriptKind.Retries, after) { RetryAfter = retryAfter };

    /// <summary>The call throws an <see cref="InvalidOperationException"/>.</summary>
    /// <param name="after">How long the call takes; zero throws before the first await.</param>
    /// <returns>The script.</returns>
    public static JoinScript Throws(TimeSpan after = default) => new(JoinScriptKind.Throws, after);

    /// <summary>The call never returns by itself.</summary>
    /// <returns>The script.</returns>
    public static JoinScript Hangs() => new(JoinScriptKind.Hangs, Timeout.InfiniteTimeSpan);

    internal JoinResult Result() => Kind switch
    {
        JoinScriptKind.Fails => JoinResult.Failed(Reason),
        JoinScriptKind.Retries => JoinResult.Retry(RetryAfter, Reason),
        JoinScriptKind.Throws => throw new InvalidOperationException(Reason),
        _ => JoinResult.Joined(),
    };
}
