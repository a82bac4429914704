namespace ScheduledBots;

/// <summary>The part that stages and joins. A host runs it as a hosted service; without a host it is started and stopped by hand.</summary>
/// <remarks>Thread-safe. An engine runs once: after it has stopped it cannot be started again. Disposing it stops it.</remarks>
public interface IScheduledBotsEngine : IAsyncDisposable
{
    /// <summary>
    /// Prepares the store and begins to work. A store that cannot be reached yet (<see cref="StoreUnavailableException"/>) is
    /// waited for and asked again every second; as a hosted service it lets the host go on meanwhile, and health says so.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when the engine works. What else the store throws passes through as it is.</returns>
    /// <exception cref="InvalidOperationException">The engine was started or stopped before.</exception>
    Task StartAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Drains: takes no more work, joins what is about to join, hands the rest back, and waits for running joins.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting: running host calls are cancelled and left behind.</param>
    /// <returns>A task that ends when the engine has stopped.</returns>
    Task StopAsync(CancellationToken cancellationToken = default);
}
