using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Contracts;

/// <summary>The instants that only some states have.</summary>
internal static class BotInstants
{
    /// <summary>When the joiner was called, or null where it was not.</summary>
    public static DateTimeOffset? StartedAtOrNull(this Bot bot) => bot switch
    {
        JoiningBot joining => joining.StartedAt,
        JoinedBot joined => joined.StartedAt,
        FailedBot failed => failed.StartedAt,
        _ => null,
    };

    /// <summary>When the bot settled, or null where it has not.</summary>
    public static DateTimeOffset? SettledAtOrNull(this Bot bot) => bot switch
    {
        JoinedBot joined => joined.SettledAt,
        FailedBot failed => failed.SettledAt,
        CancelledBot cancelled => cancelled.SettledAt,
        _ => null,
    };
}
