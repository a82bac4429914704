namespace ScheduledBots.Simulation.World;

/// <summary>
/// Where the awaits of one process come back to: its continuations become occurrences, each a moment later, so that what
/// runs on the thread pool in production meets here in every order that a pool could bring about.
/// </summary>
internal sealed class ProcessContext(Process process) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => process.Post(d, state);

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nothing in an engine waits for its context.");

    public override SynchronizationContext CreateCopy() => this;
}
