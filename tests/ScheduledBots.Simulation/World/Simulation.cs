using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;
using ScheduledBots.Testing.Model;

namespace ScheduledBots.Simulation.World;

/// <summary>One run: builds the world of a plan and lets it happen.</summary>
internal sealed class Simulation
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<BotId, BotPlan> _bots;
    private readonly Dictionary<BotId, int> _allocationCounts = [];
    private readonly Dictionary<BotId, int> _joinCounts = [];
    private readonly List<Process> _processes = [];

    public Simulation(Plan plan, Func<TimeProvider, ModelStore> makeStore)
    {
        Plan = plan;
        _bots = plan.Bots.ToDictionary(bot => bot.Id);
        Store = new SharedStore(makeStore(new StoreClock(Timeline)), Timeline, Recorder);
        Machines = [.. plan.Machines.Select(machine => new Machine(Timeline, machine))];
        Timeline.OnFault = (process, error) => Recorder.Add(new Entry.Faltered(Timeline.Now, process?.Number ?? 0, error.ToString()));
        foreach (BotPlan bot in plan.Bots)
        {
            Recorder.Name(bot.Id, bot.Number);
        }
    }

    public Plan Plan { get; }

    public Timeline Timeline { get; } = new();

    public Recorder Recorder { get; } = new();

    public Outage Outage { get; } = new();

    public SharedStore Store { get; }

    public IReadOnlyList<Machine> Machines { get; }

    /// <summary>When every node was told to drain.</summary>
    public TimeSpan EndedAt { get; private set; }

    private TimeSpan Now => new(Timeline.Now);

    public static DateTimeOffset InstantAt(TimeSpan at) => Timeline.Start + at;

    /// <summary>Runs the plan: faults, healing, and the end, at which every node drains.</summary>
    public void Run()
    {
        foreach (Machine machine in Machines)
        {
            Boot(machine);
        }

        foreach (BotPlan bot in Plan.Bots)
        {
            new Caller(this, bot).Begin();
        }

        foreach (Fault fault in Plan.Faults)
        {
            new FaultScript(this, fault).Begin();
        }

        RunUntilEnd();
        EndedAt = Now;
        foreach (Machine machine in Machines)
        {
            Drain(machine, cutAfter: null, thenBoot: false);
        }

        ScheduledBotsOptions next = Plan.NextOptions ?? Plan.Options;
        Timeline.RunUntil(EndedAt + TimeSpan.FromTicks(Math.Max(LongestDrain(Plan.Options), LongestDrain(next))) + TimeSpan.FromSeconds(60));
        _processes.ForEach(process => process.Bury());
    }

    /// <summary>What a process that is started on a machine now runs with.</summary>
    public ScheduledBotsOptions OptionsOf(Machine machine) => machine.IsUpgraded && Plan.NextOptions is { } next ? next : Plan.Options;

    /// <summary>Starts a new process on a machine.</summary>
    public void Boot(Machine machine)
    {
        int number = _processes.Count + 1;
        Recorder.Add(new Entry.Born(Timeline.Now, number, machine.Number, machine.IsUpgraded));
        var process = new Process(number, machine, this);
        _processes.Add(process);
        machine.Process = process;
        process.Post(() => _ = process.Engine.StartAsync());
    }

    public void BootIfDown(Machine machine)
    {
        if (machine.Process is null && machine.Leaving is null)
        {
            Boot(machine);
        }
    }

    /// <summary>Ends what runs on a machine at once.</summary>
    public void Kill(Machine machine)
    {
        foreach (Process process in new[] { machine.Process, machine.Leaving }.OfType<Process>())
        {
            process.IsAlive = false;
            Recorder.Add(new Entry.Died(Timeline.Now, process.Number, Drained: false));
        }

        (machine.Process, machine.Leaving) = (null, null);
    }

    /// <summary>Lets the process on a machine drain; its successor is another incarnation.</summary>
    public void Drain(Machine machine, TimeSpan? cutAfter, bool thenBoot)
    {
        if (machine.Process is not { } process || machine.Leaving is not null)
        {
            return;
        }

        (machine.Process, machine.Leaving) = (null, process);
        process.Post(() => _ = DrainAsync(process, cutAfter, thenBoot));
    }

    public AllocationAct NextAllocation(BotId id)
    {
        int number = _allocationCounts[id] = _allocationCounts.GetValueOrDefault(id) + 1;
        return _bots[id].Allocations is { } acts && number <= acts.Count
            ? acts[number - 1]
            : new AllocationAct(AllocationActKind.Delivers, TimeSpan.FromMilliseconds(50));
    }

    public JoinAct NextJoin(BotId id)
    {
        int number = _joinCounts[id] = _joinCounts.GetValueOrDefault(id) + 1;
        return _bots[id].Joins is { } acts && number <= acts.Count ? acts[number - 1] : new JoinAct(JoinActKind.Joins, TimeSpan.FromMilliseconds(50));
    }

    public bool IsPortable(BotId id) => _bots[id].IsPortable;

    private static long LongestDrain(ScheduledBotsOptions options) => (options.JoinTimeout + options.ArmLead + options.AllocationTimeout).Ticks;

    /// <summary>Until the end of the plan or, where it says so, for a while after everything works and every bot has settled.</summary>
    private void RunUntilEnd()
    {
        TimeSpan endAt = Plan.EndAt;
        bool isSettled = false;
        while (Plan.Afterwards is { } afterwards && !isSettled && Now + Look < Plan.EndAt)
        {
            Timeline.RunUntil(Now + Look);
            isSettled = Now >= Plan.HealAt && Store.Rows.Count == Plan.Bots.Count && Store.Rows.Values.All(row => row.IsSettled);
            endAt = isSettled && Now + afterwards < endAt ? Now + afterwards : endAt;
        }

        Timeline.RunUntil(endAt);
    }

    private async Task DrainAsync(Process process, TimeSpan? cutAfter, bool thenBoot)
    {
        using var cut = new CancellationTokenSource();
        if (cutAfter is { } after)
        {
            Timeline.Add(after.Ticks, process, null, static source => ((CancellationTokenSource)source!).Cancel(), cut);
        }

        await process.Engine.StopAsync(cut.Token);
        process.IsAlive = false;
        process.Machine.Leaving = null;
        Recorder.Add(new Entry.Died(Timeline.Now, process.Number, Drained: !cut.IsCancellationRequested));
        if (thenBoot)
        {
            Boot(process.Machine);
        }
    }
}
