using Microsoft.Extensions.DependencyInjection;

namespace ScheduledBots.DependencyInjection;

/// <inheritdoc/>
internal sealed class ScheduledBotsBuilder(string name, IServiceCollection services) : IScheduledBotsBuilder
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public IServiceCollection Services { get; } = services;
}
