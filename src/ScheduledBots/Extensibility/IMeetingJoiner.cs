namespace ScheduledBots.Extensibility;

/// <summary>Puts a staged bot into its meeting. Implemented by the host, called by the engine at <c>JoinAt</c>.</summary>
/// <remarks>
/// One singleton serves many bots at once, so it must be thread-safe; scopes are its own to open. The part before its
/// first await runs on a thread of the engine's own, at the instant itself: begin joining there, and do not block it.
/// It may throw (the bot fails with <c>JoinFailed</c>), and it may hang (the bot fails with <c>JoinTimedOut</c>).
/// </remarks>
public interface IMeetingJoiner
{
    /// <summary>Joins the meeting. Called at most once for each (bot, attempt).</summary>
    /// <param name="attempt">The bot, its allocation and its tokens.</param>
    /// <param name="cancellationToken">Cancelled at the join time-out, when the attempt is superseded, and at a forced shutdown.</param>
    /// <returns>
    /// The result, once the bot is in the meeting or definitely is not; it also says whose the allocation is from now on. An
    /// exception, or null, counts as <see cref="JoinResult.Failed"/>: a joiner that cannot tell finds out before it returns.
    /// </returns>
    Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken);
}
