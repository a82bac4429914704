using Microsoft.Extensions.Hosting;

namespace ScheduledBots.DependencyInjection;

/// <summary>Runs an engine for as long as its host runs; does nothing where the scheduler only schedules.</summary>
internal sealed class ScheduledBotsHostedService(IScheduledBotsEngine? engine) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => engine switch
    {
        null => Task.CompletedTask,
        ScheduledBotsEngine own => own.StartInHostAsync(cancellationToken),
        _ => engine.StartAsync(cancellationToken),
    };

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => engine?.StopAsync(cancellationToken) ?? Task.CompletedTask;
}
