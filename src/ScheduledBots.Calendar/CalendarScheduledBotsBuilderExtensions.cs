using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ScheduledBots;
using ScheduledBots.Calendar;
using ScheduledBots.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds calendar feeds to a scheduler.</summary>
/// <remarks>Used while the container is set up; not thread-safe.</remarks>
public static class CalendarScheduledBotsBuilderExtensions
{
    /// <summary>
    /// Keeps bots in step with a feed while the host runs. Its <see cref="CalendarSync"/> is a keyed service of the feed's name, for syncs
    /// beside those of the poller: after a push of the calendar, for example. Every node may poll; none does harm to another.
    /// </summary>
    /// <param name="builder">The scheduler; one that only schedules will do.</param>
    /// <param name="feed">The feed's name: 1 to 64 ASCII letters, digits, dots, hyphens and underscores; no other feed of the host has it.</param>
    /// <param name="source">Where the feed comes from.</param>
    /// <param name="configure">Changes the options; they are validated when the host starts.</param>
    /// <returns>The builder to go on with.</returns>
    /// <exception cref="ArgumentException">The name is none that a feed can have, or another feed has it.</exception>
    public static IScheduledBotsBuilder AddCalendarFeed(
        this IScheduledBotsBuilder builder, string feed, CalendarSource source, Action<CalendarFeedOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(source);
        if (!CalendarFeedRules.IsName(feed))
        {
            throw new ArgumentException($"A feed's name has 1 to {CalendarFeedRules.MaxNameLength} ASCII letters, digits, dots, hyphens and underscores.", nameof(feed));
        }

        if (builder.Services.Any(service => service.ServiceType == typeof(CalendarSync) && Equals(service.ServiceKey, feed)))
        {
            throw new ArgumentException($"There is a calendar feed '{feed}' already; give this one another name.", nameof(feed));
        }

        OptionsBuilder<CalendarFeedOptions> options = builder.Services.AddOptionsWithValidateOnStart<CalendarFeedOptions>(feed);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        string scheduler = builder.Name;
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CalendarFeedOptions>, CalendarFeedOptionsValidator>());
        builder.Services.AddKeyedSingleton(feed, (provider, _) => new CalendarSync(
            feed, source, provider.GetRequiredKeyedService<IBotScheduler>(scheduler), OptionsOf(provider, feed), provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IHostedService>(provider => new CalendarPoller(
            feed,
            () => provider.GetRequiredKeyedService<CalendarSync>(feed),
            () => OptionsOf(provider, feed),
            provider.GetRequiredService<TimeProvider>(),
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("ScheduledBots.Calendar")));
        return builder;
    }

    private static CalendarFeedOptions OptionsOf(IServiceProvider provider, string feed) =>
        provider.GetRequiredService<IOptionsMonitor<CalendarFeedOptions>>().Get(feed);
}
