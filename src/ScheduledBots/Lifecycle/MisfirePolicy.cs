namespace ScheduledBots.Lifecycle;

/// <summary>Decides whether a bot may still join: late is a policy, not an accident.</summary>
/// <param name="Grace">How long after <c>JoinAt</c> a bot still joins late; past it, it fails as missed.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct MisfirePolicy(TimeSpan Grace)
{
    /// <summary>The last instant at which a bot may start its join.</summary>
    /// <param name="joinAt">The due instant.</param>
    /// <returns><paramref name="joinAt"/> plus the grace, or the end of time where that lies beyond it.</returns>
    public DateTimeOffset LastStart(DateTimeOffset joinAt) =>
        DateTimeOffset.MaxValue - joinAt < Grace ? DateTimeOffset.MaxValue : joinAt.ToUniversalTime() + Grace;

    /// <summary>Judges one bot.</summary>
    /// <param name="joinAt">The due instant.</param>
    /// <param name="now">The instant of the decision.</param>
    /// <returns>Whether the bot is early, due (both ends included) or missed.</returns>
    public MisfireVerdict Judge(DateTimeOffset joinAt, DateTimeOffset now) =>
        now < joinAt ? MisfireVerdict.Early : now <= LastStart(joinAt) ? MisfireVerdict.Due : MisfireVerdict.Missed;
}
