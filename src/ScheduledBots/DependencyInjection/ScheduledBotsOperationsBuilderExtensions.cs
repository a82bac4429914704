using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ScheduledBots.DependencyInjection;
using ScheduledBots.Extensibility;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what lets a host and its operator see what the bots do.</summary>
/// <remarks>Used while the container is set up; not thread-safe.</remarks>
public static class ScheduledBotsOperationsBuilderExtensions
{
    /// <summary>Adds an observer made by the container, once; every call adds another one.</summary>
    /// <typeparam name="TObserver">The host's observer.</typeparam>
    /// <param name="builder">The scheduler.</param>
    /// <returns>The builder to go on with.</returns>
    public static IScheduledBotsBuilder AddObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObserver>(
        this IScheduledBotsBuilder builder)
        where TObserver : class, IBotObserver
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton<IBotObserver, TObserver>(builder.Name);
        return builder;
    }

    /// <summary>Adds an observer the host made; every call adds another one.</summary>
    /// <param name="builder">The scheduler.</param>
    /// <param name="observer">The observer; the host disposes it.</param>
    /// <returns>The builder to go on with.</returns>
    public static IScheduledBotsBuilder AddObserver(this IScheduledBotsBuilder builder, IBotObserver observer)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton(builder.Name, observer);
        return builder;
    }

    /// <summary>Adds a health check of the scheduler: whether bots join in time, with the reasons where they may not.</summary>
    /// <param name="builder">The scheduler.</param>
    /// <param name="name">The check's name, or null for <c>scheduledbots</c> and, for a named scheduler, its name behind a hyphen.</param>
    /// <param name="tags">Tags to select the check by, or null for none.</param>
    /// <returns>The builder to go on with.</returns>
    /// <remarks>Degraded means that bots may be late, unhealthy that bots are not joined; docs/operations.md lists every verdict.</remarks>
    public static IScheduledBotsBuilder AddHealthCheck(this IScheduledBotsBuilder builder, string? name = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        string scheduler = builder.Name;
        name ??= scheduler.Length > 0 ? "scheduledbots-" + scheduler : "scheduledbots";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            name, provider => ScheduledBotsServiceCollectionExtensions.CreateHealthCheck(provider, scheduler), failureStatus: null, tags));
        return builder;
    }
}
