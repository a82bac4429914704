using ScheduledBots.DependencyInjection;
using ScheduledBots.Storage;
using ScheduledBots.Storage.InMemory;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the in-memory storage.</summary>
/// <remarks>Used while the container is set up; not thread-safe.</remarks>
public static class InMemoryScheduledBotsBuilderExtensions
{
    /// <summary>Keeps bots in the memory of this process. Nothing is durable: bots that have not joined die with the process.</summary>
    /// <param name="builder">The scheduler.</param>
    /// <returns>The builder to go on with.</returns>
    public static IScheduledBotsBuilder UseInMemoryStorage(this IScheduledBotsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton<IBotStore>(builder.Name, (_, _) => new InMemoryBotStore());
        return builder;
    }
}
