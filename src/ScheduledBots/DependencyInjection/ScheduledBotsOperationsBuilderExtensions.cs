using System.Diagnostics.CodeAnalysis;
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
}
