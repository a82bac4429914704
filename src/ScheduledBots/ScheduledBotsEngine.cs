using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ScheduledBots.Configuration;
using ScheduledBots.Diagnostics;
using ScheduledBots.Execution;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Storage;

namespace ScheduledBots;

/// <summary>Puts the parts of one engine together, and hands each command of the loop to its step.</summary>
internal sealed partial class ScheduledBotsEngine : IScheduledBotsEngine, IDisposable
{
    private readonly IBotStore _store;
    private readonly ScheduledBotsOptions _options;
    private readonly SignalQueue _signals;
    private readonly ILogger _log;
    private readonly TimeProvider _timeProvider;
    private readonly Action _rehearse;
    private readonly EngineFacts _facts;
    private readonly NodeSelf _self;
    private readonly NodeBeat? _beat;
    private readonly Waker? _beatWaker;
    private readonly CallRunner? _beatWorkers;
    private readonly AdoptionStep _adoption;
    private readonly Reconciler _reconciler;
    private readonly Waker _waker;
    private readonly CallRunner _stagingWorkers;
    private readonly CallRunner _joiningWorkers;
    private readonly CallRunner _cancellingWorkers;
    private readonly CallRunner _background;
    private readonly SchedulerLoop _loop;
    private readonly HerdCollector _herds;
    private readonly EngineClock _clock;
    private readonly CommitWriter _commits;
    private readonly Allocations _allocations;
    private readonly HorizonLoader _loader;
    private readonly ArmingStep _arming;
    private readonly HostCalls<StagingCall> _stagingCalls;
    private readonly HostCalls<JoinCall> _joiningCalls;
    private readonly StagingStep _staging;
    private readonly JoiningStep _joining;
    private readonly ClosingStep _closing;
    private readonly Pruner _pruner;
    private readonly SchedulerTelemetry _telemetry;

    public ScheduledBotsEngine(
        IBotStore store,
        IResourceAllocator allocator,
        IMeetingJoiner joiner,
        ScheduledBotsOptions options,
        SignalQueue signals,
        EngineClock clock,
        EngineFacts facts,
        EngineEnvironment environment,
        SchedulerTelemetry telemetry,
        ILogger log)
    {
        bool isShared = !store.Traits.HasSingleEngine;
        if (isShared)
        {
            store = new TimedStore(store, options.StoreTimeout, environment.TimeProvider, environment.Background);
        }

        _store = store;
        _options = options;
        _signals = signals;
        _clock = clock;
        _telemetry = telemetry;
        _log = log;
        _timeProvider = environment.TimeProvider;
        _rehearse = environment.Rehearse;
        _facts = facts;
        _self = new NodeSelf(environment.NewNodeId(clock.Now), isShared, options.NodeTimeToLive - options.BeatInterval, environment.TimeProvider);
        _background = environment.Background;
        _waker = environment.CreateWaker(clock, options.MaxSpin, OnFault);
        _stagingWorkers = environment.CreateWorkers("ScheduledBots staging", options.MaxBlockedCalls, OnFault);
        _joiningWorkers = environment.CreateWorkers("ScheduledBots joining", options.MaxBlockedCalls, OnFault);
        _cancellingWorkers = environment.CreateWorkers("ScheduledBots cancelling", options.MaxBlockedCalls, OnFault);
        _stagingCalls = new HostCalls<StagingCall>(_cancellingWorkers);
        _joiningCalls = new HostCalls<JoinCall>(_cancellingWorkers);
        // Between two repetitions of a commit the writer pauses; a node that waits out its pause after an outage lives.
        var writing = new Progress(environment.TimeProvider, (2 * options.StoreTimeout) + CommitWriter.MaxRetryDelay);
        var arming = new Progress(environment.TimeProvider, 2 * options.StoreTimeout);
        _commits = new CommitWriter(store, telemetry.Events, writing, environment.TimeProvider, log);
        _allocations = new Allocations(
            allocator, _stagingWorkers, _cancellingWorkers, options.AllocationTimeout, environment.TimeProvider, log);
        _loader = new HorizonLoader(store, _self, signals, clock, log);
        _herds = new HerdCollector(options.CollectBeforeHerds ? environment.CollectYoung : null);
        _arming = new ArmingStep(store, _self, _commits, arming, signals, _herds, clock, options, log);
        _staging = new StagingStep(
            allocator, _allocations, _arming, _commits, signals, clock, _stagingWorkers, _background, _stagingCalls,
            new BackOff(options, environment.NextRandom), facts.Staging, environment.TimeProvider, store.Traits.IsDurable, options, log);
        _joining = new JoiningStep(
            joiner, _self, _allocations, _arming, _commits, signals, clock, _joiningWorkers, _background, _joiningCalls,
            environment.TimeProvider, options, log);
        _closing = new ClosingStep(_allocations, _commits, signals, clock, store.Traits.IsDurable);
        _adoption = new AdoptionStep(store, _self, _commits, signals, clock, options, log);
        _reconciler = new Reconciler(store, _self, _allocations, signals, environment.MarksAtOnce, environment.RowsAtOnce, log);
        _pruner = new Pruner(store, clock, options, log);
        List<Command> commands = [];
        _loop = new SchedulerLoop(signals, clock, new Agenda(options, isShared, clock.Now, commands), commands, Run, _joiningWorkers, OnFault);
        if (isShared)
        {
            _beatWaker = environment.CreateWaker(clock, TimeSpan.Zero, OnFault);
            _beatWorkers = environment.CreateWorkers("ScheduledBots beat", 0, OnFault);
            _beat = new NodeBeat(
                store, _self, signals, clock, environment.TimeProvider, _beatWorkers, () => environment.NewNodeId(clock.Now),
                () => _loop.TurnCount, () => !writing.IsStuck && !arming.IsStuck, NameNode, options, log);
        }
    }

    /// <summary>One turn of the loop; what is looked at comes after what is due.</summary>
    private DateTimeOffset? Turn()
    {
        DateTimeOffset? next = _loop.Turn();
        next = _herds.Turn(_clock.Now, next);
        _telemetry.Vitals.TurnEnded(_loop.OwnedCount, next);
        _telemetry.Attention.Look();
        return next;
    }

    private void NameNode() => _facts.Started(_self.Id, _staging.IsRunning, _joining.IsRunning);

    /// <summary>Called on bare threads, where an exception would end the process: a log that throws must not.</summary>
    private void OnFault(Exception error)
    {
        try
        {
            Log.TurnFailed(_log, error);
        }
        catch (Exception)
        {
            // There is nobody left to tell.
        }
    }

    private void Run(Command command)
    {
        switch (command)
        {
            case Command.Join join: _joining.Run(join); break;
            case Command.GiveUpJoin giveUp: _joining.GiveUp(giveUp); break;
            case Command.Stage stage: _staging.Run(stage); break;
            case Command.GiveUpStaging giveUp: _staging.GiveUp(giveUp); break;
            case Command.Release release: _allocations.Release(release.Bot, release.Bot.Fence); break;
            case Command.Claim claim: _background.Post(() => _ = _loader.RunAsync(claim, _stopped.Token)); break;
            case Command.Arm arm: _background.Post(() => _ = _arming.RunAsync(arm, _stopped.Token)); break;
            case Command.Fail fail: _background.Post(() => _ = _closing.RunAsync(fail)); break;
            case Command.HandBack handBack: _background.Post(() => _ = _closing.RunAsync(handBack)); break;
            case Command.Adopt adopt: _background.Post(() => _ = _adoption.RunAsync(adopt, _stopped.Token)); break;
            case Command.Reclaim reclaim: _background.Post(() => _ = _adoption.RunAsync(reclaim)); break;
            case Command.Restage restage: _background.Post(() => _ = _adoption.RunAsync(restage)); break;
            case Command.Reconcile reconcile: _background.Post(() => _ = _reconciler.RunAsync(reconcile, _stopped.Token)); break;
            case Command.ReadBack readBack: _background.Post(() => _ = _reconciler.RunAsync(readBack, _stopped.Token)); break;
            case Command.Orphan orphan: _reconciler.Run(orphan); break;
            case Command.Supersede supersede: _joining.Supersede(supersede); break;
            case Command.Disarm disarm: _background.Post(() => _ = _arming.RunAsync(disarm)); break;
            case Command.Rearm rearm: _background.Post(() => _ = _arming.RunAsync(rearm)); break;
            case Command.Prune: _background.Post(() => _ = _pruner.RunAsync(_stopped.Token)); break;
            default: throw new UnreachableException($"{command.GetType().Name} has no step");
        }
    }
}
