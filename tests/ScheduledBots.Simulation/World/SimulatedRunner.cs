using ScheduledBots.Execution;

namespace ScheduledBots.Simulation.World;

/// <summary>Runs what an engine posts as occurrences of its process.</summary>
internal sealed class SimulatedRunner(Process process) : CallRunner
{
    private static readonly SendOrPostCallback RunAction = static work => ((Action)work!)();

    public override void Post(Action work) => process.Post(RunAction, work);

    public override void Dispose()
    {
        // There are no threads to end.
    }
}
