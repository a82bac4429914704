namespace ScheduledBots.Execution;

/// <summary>Runs the engine's own work, which never blocks, on the shared pool.</summary>
internal sealed class PoolRunner : CallRunner
{
    /// <inheritdoc/>
    public override void Post(Action work) => ThreadPool.UnsafeQueueUserWorkItem(static action => action(), work, preferLocal: false);

    /// <inheritdoc/>
    public override void Dispose()
    {
        // The pool is everybody's.
    }
}
