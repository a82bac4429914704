using ScheduledBots.Lifecycle;

namespace ScheduledBots.Simulation.Checking;

internal static class StatusExtensions
{
    public static bool IsSettled(this BotStatus status) => status >= BotStatus.Joined;
}
