using Microsoft.Extensions.DependencyInjection;

namespace ScheduledBots.DependencyInjection;

/// <summary>Configures one scheduler: <c>Use…</c> picks one implementation (the last call wins), <c>Add…</c> accumulates.</summary>
/// <remarks>Used while the container is set up; not thread-safe.</remarks>
public interface IScheduledBotsBuilder
{
    /// <summary>The scheduler's name: the key of its services and the name of its options; empty for the default one.</summary>
    string Name { get; }

    /// <summary>The services of the host.</summary>
    IServiceCollection Services { get; }
}
