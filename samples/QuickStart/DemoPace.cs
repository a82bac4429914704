using ScheduledBots.Configuration;

namespace QuickStart;

/// <summary>What takes minutes in real life takes seconds here, because a day takes twenty.</summary>
internal static class DemoPace
{
    public static readonly TimeSpan StagingLead = TimeSpan.FromSeconds(2);

    /// <summary>How long before the first meeting its bots are scheduled; a database that is met for the first time may take a while.</summary>
    public static TimeSpan HeadStart(bool isDurable) => TimeSpan.FromSeconds(isDurable ? 8 : 4);

    public static void Set(ScheduledBotsOptions options, bool isDurable)
    {
        options.StagingLead = StagingLead;
        options.StagingSpread = TimeSpan.FromSeconds(0.5);
        options.ArmLead = TimeSpan.FromSeconds(0.5);
        if (isDurable)
        {
            // The next process finds sooner that this one is gone, and gives up sooner what was due in between.
            options.BeatInterval = TimeSpan.FromSeconds(0.25);
            options.NodeTimeToLive = TimeSpan.FromSeconds(2);
            options.StoreTimeout = TimeSpan.FromSeconds(1.5);
            options.StartWindow = TimeSpan.FromSeconds(2);
            options.AmbiguityHold = TimeSpan.FromSeconds(0.5);
            options.MisfireGrace = TimeSpan.FromSeconds(5);
        }
    }
}
