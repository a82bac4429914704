using ScheduledBots.Execution;

namespace ScheduledBots.Testing.Virtual;

/// <summary>Runs what an engine posts on the virtual thread.</summary>
internal sealed class VirtualRunner(VirtualThread thread) : CallRunner
{
    public override void Post(Action work) => thread.Post(static work => ((Action)work!)(), work);

    public override void Dispose()
    {
        // There are no threads to end.
    }
}
