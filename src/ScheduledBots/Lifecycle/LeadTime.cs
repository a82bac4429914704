namespace ScheduledBots.Lifecycle;

/// <summary>The distance from acceptance to <c>JoinAt</c>, beside the time that staging is expected to take.</summary>
/// <param name="Lead">How far ahead the bot was accepted; zero for an ad-hoc bot.</param>
/// <param name="ExpectedStaging">How long allocating its resources is expected to take.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct LeadTime(TimeSpan Lead, TimeSpan ExpectedStaging)
{
    /// <summary>Whether staging is expected to end after <c>JoinAt</c>, so that the bot may join late.</summary>
    public bool AtRisk => Shortfall > TimeSpan.Zero;

    /// <summary>How late the join is expected to be; zero when it is expected on time.</summary>
    public TimeSpan Shortfall => ExpectedStaging > Lead ? ExpectedStaging - Lead : TimeSpan.Zero;

    /// <summary>Assesses a bot at its acceptance.</summary>
    /// <param name="joinAt">The due instant.</param>
    /// <param name="now">The instant of acceptance.</param>
    /// <param name="expectedStaging">How long allocating its resources is expected to take.</param>
    /// <returns>The verdict; a lead is never negative.</returns>
    public static LeadTime Assess(DateTimeOffset joinAt, DateTimeOffset now, TimeSpan expectedStaging) =>
        new(joinAt > now ? joinAt - now : TimeSpan.Zero, expectedStaging);
}
