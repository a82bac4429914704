using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ScheduledBots.AspNetCore;
using ScheduledBots.AspNetCore.Page;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the schedule page.</summary>
/// <remarks>Used while the application is set up; not thread-safe.</remarks>
public static class ScheduledBotsPageEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps a live page of the schedule, on which bots can be rescheduled and cancelled. It is closed: every request is answered with 404 until
    /// the host grants access on what this returns, by <c>RequireAuthorization</c> or, where whoever reaches it may come in, by
    /// <c>AllowAnonymous</c>. Needs <c>AddSchedulePage()</c> behind <c>AddScheduledBots()</c>.
    /// </summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="prefix">Where the page is, such as <c>/bots</c>; its files and calls are below.</param>
    /// <param name="configure">
    /// Names the scheduler and the tenant of a request, as for the endpoints; null for the scheduler without a name, and no tenants. Without
    /// tenants the page shows every bot, whose tenant it is, and the nodes.
    /// </param>
    /// <returns>The group of all routes of the page, to grant access on.</returns>
    /// <exception cref="ArgumentNullException">There is no application, or no prefix.</exception>
    /// <exception cref="InvalidOperationException">The scheduler has no page, or the host's antiforgery takes no header.</exception>
    public static RouteGroupBuilder MapScheduledBotsPage(
        this IEndpointRouteBuilder endpoints, string prefix, Action<ScheduledBotsEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var options = new ScheduledBotsEndpointOptions();
        configure?.Invoke(options);
        IServiceProvider services = endpoints.ServiceProvider;
        PageEvents events = services.GetKeyedService<PageEvents>(options.SchedulerName) ?? throw new InvalidOperationException(
            options.SchedulerName.Length == 0
                ? "The scheduler has no page. Call AddSchedulePage() after AddScheduledBots()."
                : $"The scheduler '{options.SchedulerName}' has no page. Call AddSchedulePage() after AddScheduledBots(\"{options.SchedulerName}\").");
        if (services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.HeaderName is null)
        {
            throw new InvalidOperationException("The host's AntiforgeryOptions have no HeaderName, and the page sends its token in a header. Give them one.");
        }

        ILogger log = (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("ScheduledBots.AspNetCore");
        RouteGroupBuilder page = endpoints.MapGroup(prefix);
        page.AddEndpointFilter(new PageGate(prefix, log)).ExcludeFromDescription();
        new PageEndpoints(options, events).Map(page);
        return page;
    }
}
