using Microsoft.Extensions.Logging;

namespace ScheduledBots.AspNetCore.Page;

/// <summary>The log lines of the page. They carry no host's words and no names of bots.</summary>
internal static partial class PageLog
{
    [LoggerMessage(1, LogLevel.Warning, "The schedule page {Prefix} is closed, and every request to it is answered with 404: nobody was granted access. "
        + "Call RequireAuthorization(...) on what MapScheduledBotsPage returns, or AllowAnonymous() where whoever reaches it may reschedule and cancel bots. This is said once.")]
    public static partial void Closed(ILogger log, string prefix);

    [LoggerMessage(2, LogLevel.Warning, "The schedule page could not read the bots ({ErrorType}); open pages show what was read before, and it is tried again")]
    public static partial void ReadFailed(ILogger log, string errorType);
}
