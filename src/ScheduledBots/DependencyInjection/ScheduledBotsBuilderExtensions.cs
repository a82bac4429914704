using System.Diagnostics.CodeAnalysis;
using ScheduledBots.Configuration;
using ScheduledBots.DependencyInjection;
using ScheduledBots.Extensibility;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Names what the host implements, and whether it runs an engine.</summary>
/// <remarks>Used while the container is set up; not thread-safe. What the container made, the container disposes.</remarks>
public static class ScheduledBotsBuilderExtensions
{
    /// <summary>Uses an allocator made by the container, once.</summary>
    /// <typeparam name="TAllocator">The host's allocator.</typeparam>
    /// <param name="builder">The scheduler.</param>
    /// <returns>The builder to go on with.</returns>
    public static IScheduledBotsBuilder UseResourceAllocator<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAllocator>(
        this IScheduledBotsBuilder builder)
        where TAllocator : class, IResourceAllocator
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton<IResourceAllocator, TAllocator>(builder.Name);
        return builder;
    }

    /// <summary>Uses an allocator the host made.</summary>
    /// <param name="builder">The scheduler.</param>
    /// <param name="allocator">The allocator; the host disposes it.</param>
    /// <returns>The builder to go on with.</returns>
    public static IScheduledBotsBuilder UseResourceAllocator(this IScheduledBotsBuilder builder, IResourceAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton(builder.Name, allocator);
        return builder;
    }

    /// <summary>Uses a joiner made by the container, once.</summary>
    /// <typeparam name="TJoiner">The host's joiner.</typeparam>
    /// <param name="builder">The scheduler.</param>
    /// <returns>The builder to go on with.</returns>
    public static IScheduledBotsBuilder UseMeetingJoiner<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TJoiner>(
        this IScheduledBotsBuilder builder)
        where TJoiner : class, IMeetingJoiner
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton<IMeetingJoiner, TJoiner>(builder.Name);
        return builder;
    }

    /// <summary>Uses a joiner made by the container, once, and says whether it is idempotent.</summary>
    /// <typeparam name="TJoiner">The host's joiner.</typeparam>
    /// <param name="builder">The scheduler.</param>
    /// <param name="isIdempotent">
    /// Whether a second call for the same bot does no harm. Then a bot whose engine was lost is joined again as soon as the
    /// start window has closed, without the ambiguity hold.
    /// </param>
    /// <returns>The builder to go on with.</returns>
    public static IScheduledBotsBuilder UseMeetingJoiner<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TJoiner>(
        this IScheduledBotsBuilder builder, bool isIdempotent)
        where TJoiner : class, IMeetingJoiner =>
        builder.UseMeetingJoiner<TJoiner>().DeclareJoiner(isIdempotent);

    /// <summary>Uses a joiner the host made, and says whether it is idempotent.</summary>
    /// <param name="builder">The scheduler.</param>
    /// <param name="joiner">The joiner; the host disposes it.</param>
    /// <param name="isIdempotent">Whether a second call for the same bot does no harm.</param>
    /// <returns>The builder to go on with.</returns>
    public static IScheduledBotsBuilder UseMeetingJoiner(this IScheduledBotsBuilder builder, IMeetingJoiner joiner, bool isIdempotent) =>
        builder.UseMeetingJoiner(joiner).DeclareJoiner(isIdempotent);

    /// <summary>Uses a joiner the host made.</summary>
    /// <param name="builder">The scheduler.</param>
    /// <param name="joiner">The joiner; the host disposes it.</param>
    /// <returns>The builder to go on with.</returns>
    public static IScheduledBotsBuilder UseMeetingJoiner(this IScheduledBotsBuilder builder, IMeetingJoiner joiner)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton(builder.Name, joiner);
        return builder;
    }

    /// <summary>
    /// Runs no engine: the scheduler takes requests and answers questions, and another process stages and joins from the same
    /// store. No allocator and no joiner is needed; asking for the engine is an error.
    /// </summary>
    /// <param name="builder">The scheduler.</param>
    /// <returns>The builder to go on with.</returns>
    public static IScheduledBotsBuilder ScheduleOnly(this IScheduledBotsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton(builder.Name, new ScheduleOnlyMark());
        return builder;
    }

    private static IScheduledBotsBuilder DeclareJoiner(this IScheduledBotsBuilder builder, bool isIdempotent)
    {
        builder.Services.Configure<ScheduledBotsOptions>(builder.Name, options => options.JoinerIsIdempotent = isIdempotent);
        return builder;
    }
}
