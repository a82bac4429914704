using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ScheduledBots.AspNetCore.Page;
using ScheduledBots.DependencyInjection;
using ScheduledBots.Extensibility;
using ScheduledBots.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the schedule page to a scheduler.</summary>
/// <remarks>Used while the container is set up; not thread-safe.</remarks>
public static class ScheduledBotsPageBuilderExtensions
{
    /// <summary>
    /// Adds what the page of a scheduler needs: an observer that hears its events, and the host's antiforgery. <c>MapScheduledBotsPage</c> then
    /// says where the page is. While no page is open this costs an observer that does nothing.
    /// </summary>
    /// <param name="builder">The scheduler; one that only schedules will do.</param>
    /// <returns>The builder to go on with.</returns>
    public static IScheduledBotsBuilder AddSchedulePage(this IScheduledBotsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        string scheduler = builder.Name;
        if (builder.Services.Any(service => service.ServiceType == typeof(PageEvents) && Equals(service.ServiceKey, scheduler)))
        {
            return builder;
        }

        builder.Services.AddAntiforgery();
        builder.Services.AddKeyedSingleton(scheduler, (provider, _) => new PageEvents(
            () => provider.GetRequiredKeyedService<INodeDirectory>(scheduler),
            provider.GetRequiredService<TimeProvider>(),
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("ScheduledBots.AspNetCore")));
        builder.Services.AddKeyedSingleton<IBotObserver>(scheduler, (provider, _) => provider.GetRequiredKeyedService<PageEvents>(scheduler));
        return builder;
    }
}
