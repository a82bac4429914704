using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;
using ScheduledBots.Simulation.World;

namespace ScheduledBots.Simulation.Checking;

/// <summary>What a run left behind for the checkers.</summary>
internal sealed class Evidence(World.Simulation world)
{
    private readonly Dictionary<int, Entry.Born> _births = world.Recorder.Entries.OfType<Entry.Born>().ToDictionary(born => born.Process);

    private readonly Dictionary<NodeId, int> _names =
        world.Recorder.Entries.OfType<Entry.Named>().ToDictionary(named => named.Node, named => named.Process);

    private readonly Dictionary<int, long> _deaths =
        world.Recorder.Entries.OfType<Entry.Died>().ToDictionary(died => died.Process, died => died.At);

    public Plan Plan => world.Plan;

    /// <summary>What a process runs with.</summary>
    public ScheduledBotsOptions OptionsOf(int process) => _births[process].IsUpgraded && Plan.NextOptions is { } next ? next : Plan.Options;

    /// <summary>When every node was told to drain.</summary>
    public TimeSpan EndedAt => world.EndedAt;

    public Recorder Recorder => world.Recorder;

    public IReadOnlyList<Entry> Entries => world.Recorder.Entries;

    /// <summary>Every row as the run left it.</summary>
    public IReadOnlyDictionary<BotId, BotSnapshot> Rows => world.Store.Rows;

    public bool HasSingleEngine => world.Store.Traits.HasSingleEngine;

    /// <summary>The process that bears, or bore, a node's name.</summary>
    public int ProcessOf(NodeId node) => _names[node];

    /// <summary>The one node that a machine is from one instant to another; null where it is none, or several one after the other.</summary>
    public NodeId? NodeAt(int machine, long from, long until)
    {
        Entry.Born[] births = [.. _births.Values.Where(born => born.Machine == machine && born.At <= until && !DiedBefore(born.Process, from))];
        return births is [{ } born] && born.At < from && Entries.OfType<Entry.Named>().LastOrDefault(named => named.Process == born.Process && named.At <= from) is { } named
            ? named.Node
            : null;
    }

    public Entry.Born BirthOf(int process) => _births[process];

    public Machine MachineOf(int process) => world.Machines[_births[process].Machine];

    /// <summary>Whether a process ended in its own time, with everything put away.</summary>
    public bool DrainedWhole(int process) => world.Recorder.Entries.OfType<Entry.Died>().Any(died => died.Process == process && died.Drained);

    /// <summary>
    /// The latest a node that shares a store may believe it is: the store's clock is true time, known to it within the way of
    /// a beat and its own drift, and the wall clock is believed within the skew around that.
    /// </summary>
    public DateTimeOffset LatestOnShared(long at) =>
        World.Simulation.InstantAt(new TimeSpan(at)) + Plan.Options.MaxClockSkew + Plan.Options.StoreTimeout + TimeSpan.FromMilliseconds(100);

    /// <summary>Whether a process had ended by an instant.</summary>
    public bool DiedBefore(int process, long at) => _deaths.TryGetValue(process, out long died) && died <= at;

    /// <summary>Whether a fault of some kind touches a span of true time.</summary>
    public bool Meets<T>(long from, long until, Func<T, bool> condition)
        where T : Fault => Plan.Faults.OfType<T>().Any(fault => fault.From.Ticks <= until && fault.Until.Ticks >= from && condition(fault));
}
