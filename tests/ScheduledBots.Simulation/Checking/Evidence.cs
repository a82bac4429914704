using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;
using ScheduledBots.Simulation.World;

namespace ScheduledBots.Simulation.Checking;

/// <summary>What a run left behind for the checkers.</summary>
internal sealed class Evidence(World.Simulation world)
{
    private readonly Dictionary<int, Entry.Born> _births = world.Recorder.Entries.OfType<Entry.Born>().ToDictionary(born => born.Process);

    public Plan Plan => world.Plan;

    public Recorder Recorder => world.Recorder;

    public IReadOnlyList<Entry> Entries => world.Recorder.Entries;

    /// <summary>Every row as the run left it.</summary>
    public IReadOnlyDictionary<BotId, BotSnapshot> Rows => world.Store.Rows;

    public bool HasSingleEngine => world.Store.Traits.HasSingleEngine;

    public Entry.Born BirthOf(int process) => _births[process];

    public Machine MachineOf(int process) => world.Machines[_births[process].Machine];

    /// <summary>Whether a process ended in its own time, with everything put away.</summary>
    public bool DrainedWhole(int process) => world.Recorder.Entries.OfType<Entry.Died>().Any(died => died.Process == process && died.Drained);

    /// <summary>Whether a fault of some kind touches a span of true time.</summary>
    public bool Meets<T>(long from, long until, Func<T, bool> condition)
        where T : Fault => Plan.Faults.OfType<T>().Any(fault => fault.From.Ticks <= until && fault.Until.Ticks >= from && condition(fault));
}
