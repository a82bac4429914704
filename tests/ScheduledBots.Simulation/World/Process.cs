using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ScheduledBots.Configuration;
using ScheduledBots.Diagnostics;
using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;
using ScheduledBots.Storage;

namespace ScheduledBots.Simulation.World;

/// <summary>One incarnation of a node: a production engine and its face, and the host's code around them.</summary>
internal sealed class Process
{
    private readonly Timeline _timeline;
    private readonly Dice _dice;
    private readonly TimeSpan _hesitation;
    private readonly ProcessContext _context;
    private readonly ServiceProvider _services;

    public Process(int number, Machine machine, Simulation world)
    {
        Number = number;
        Machine = machine;
        _timeline = world.Timeline;
        _dice = Dice.For(world.Plan.Seed, $"process {number}");
        _hesitation = world.Plan.Hesitation;
        _context = new ProcessContext(this);
        _services = Compose(new MachineTime(_timeline, this), world);
        Engine = _services.GetRequiredService<IScheduledBotsEngine>();
        Scheduler = _services.GetRequiredService<IBotScheduler>();
    }

    /// <summary>Unique in a run, from 1; 0 is nobody.</summary>
    public int Number { get; }

    public Machine Machine { get; }

    /// <summary>True time.</summary>
    public long Now => _timeline.Now;

    /// <summary>Nothing more happens in a process that is not alive.</summary>
    public bool IsAlive { get; set; } = true;

    public IScheduledBotsEngine Engine { get; }

    public IBotScheduler Scheduler { get; }

    /// <summary>Runs something here soon, in the context of this process.</summary>
    public void Post(SendOrPostCallback action, object? state) =>
        _timeline.Add(_hesitation == TimeSpan.Zero ? 0 : Hesitate(), this, _context, action, state);

    /// <summary>Runs something here soon, in the context of this process.</summary>
    public void Post(Action action) => Post(static work => ((Action)work!)(), action);

    /// <summary>Runs something here once an instant of true time has come.</summary>
    public void PostAt(long at, SendOrPostCallback action, object? state) => _timeline.Add(at - _timeline.Now, this, _context, action, state);

    /// <summary>After the run: the runtime lists every meter until it is disposed, and with it all that it measures.</summary>
    public void Bury() => _services.GetRequiredService<SchedulerInstruments>().Dispose();

    private long Hesitate() => _dice.Between(0, 3) > 0 ? 0 : (long)(_dice.NextDouble() * _hesitation.Ticks);

    /// <summary>The wiring of production, around a world of our own.</summary>
    private ServiceProvider Compose(TimeProvider time, Simulation world)
    {
        var host = new HostCode(this, world);
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddSingleton(MakeEnvironment(time, world));
        services.AddSingleton<ILoggerFactory>(new ProcessLog(this, world));
        services.AddKeyedSingleton<IBotStore>("", new StoreLink(this, world));
        services.AddScheduledBots().UseResourceAllocator(host).UseMeetingJoiner(host);
        services.AddSingleton<IOptionsMonitor<ScheduledBotsOptions>>(new PlannedOptions(world.OptionsOf(Machine)));
        return services.BuildServiceProvider();
    }

    private EngineEnvironment MakeEnvironment(TimeProvider time, Simulation world)
    {
        var runner = new SimulatedRunner(this);
        bool isLoop = true; // the first that is made; the other is the beat's
        return new EngineEnvironment(time)
        {
            CreateWaker = (clock, _, onFault) =>
            {
                var waker = new SimulatedWaker(this, clock, time, onFault, isLoop);
                isLoop = false;
                return waker;
            },
            CreateWorkers = (_, _, _) => runner,
            Background = runner,
            NewNodeId = _ => NewName(world),
            MarksAtOnce = 4, // a few bots fill a page, and much happens between two of them
            RowsAtOnce = 2,
            NextRandom = _dice.NextDouble,
        };
    }

    /// <summary>An incarnation that was declared dead goes on under another name, in the same process.</summary>
    private NodeId NewName(Simulation world)
    {
        var node = new NodeId(_dice.NextGuid());
        world.Recorder.Add(new Entry.Named(_timeline.Now, Number, node));
        return node;
    }
}
