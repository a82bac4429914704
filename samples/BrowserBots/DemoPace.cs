using ScheduledBots.Configuration;

namespace BrowserBots;

/// <summary>Minutes in real life, seconds here, so that one can look on. Enough for a browser to start on a small machine.</summary>
internal static class DemoPace
{
    /// <summary>How long before its instant a bot is scheduled.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromSeconds(9);

    public static void Set(ScheduledBotsOptions options)
    {
        options.StagingLead = TimeSpan.FromSeconds(8);
        options.StagingSpread = TimeSpan.Zero;
        options.ArmLead = TimeSpan.FromSeconds(0.5);
    }
}
