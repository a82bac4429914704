using Microsoft.Extensions.Logging.Abstractions;
using ScheduledBots.Diagnostics;
using ScheduledBots.Execution;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;
using ScheduledBots.Testing.Model;
using ScheduledBots.Tests.Hazards;
using ScheduledBots.Tests.Lifecycle;

namespace ScheduledBots.Tests.Execution;

/// <summary>What is handed back with its resources is released by whoever has it next, and by nobody else.</summary>
public sealed class ClosingStepTests : IDisposable
{
    private static readonly StagedBot PortableBot = (StagedBot)Bot.FromSnapshot(
        Examples.Row(BotStatus.Staged) with { Resource = new ResourceHandle("vm", IsPortable: true), ArmedUntil = null });

    private readonly SchedulerInstruments _instruments = new(null);
    private readonly HeldWork _releases = new();
    private readonly CommitWriter _commits;
    private readonly ClosingStep _closing;

    public ClosingStepTests()
    {
        TimeProvider time = TimeProvider.System;
        var clock = new EngineClock(time, TimeSpan.FromSeconds(1));
        var metrics = new SchedulerMetrics("", _instruments, new EngineVitals(clock), time);
        _commits = new CommitWriter(
            new ModelStore(time), new BotEvents("", metrics, [], NullLogger.Instance), new Progress(time, TimeSpan.FromHours(1)), time, NullLogger.Instance);
        var allocations = new Allocations(new HostileHost(), _releases, _releases, TimeSpan.FromHours(1), time, NullLogger.Instance);
        allocations.Hold(PortableBot, PortableBot.Fence, new Allocation("vm", isPortable: true));
        _closing = new ClosingStep(allocations, _commits, new SignalQueue(), clock, isDurable: true);
    }

    public void Dispose() => _instruments.Dispose();

    // Mutant: CloseAsync does not ask whether the writer is over.
    [Fact]
    public async Task A_forced_stop_releases_nothing_that_may_be_handed_back()
    {
        Task closing = _closing.RunAsync(new Command.HandBack(PortableBot));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _commits.RunAsync(new CancellationToken(true)));
        await closing;

        Assert.Equal(0, _releases.Count);
    }

    // Mutant: the writer is over only once it has run.
    [Fact]
    public async Task Nor_does_one_that_closes_the_writer_first()
    {
        _commits.Complete();

        await _closing.RunAsync(new Command.HandBack(PortableBot));

        Assert.Equal(0, _releases.Count);
    }

    // Mutant: CloseAsync hands over whatever the outcome is.
    [Fact]
    public async Task Where_somebody_else_decided_it_is_released()
    {
        Task writing = _commits.RunAsync(CancellationToken.None);

        await _closing.RunAsync(new Command.HandBack(PortableBot));
        _commits.Complete();
        await writing;

        Assert.Equal(1, _releases.Count);
    }

    private sealed class HeldWork : CallRunner
    {
        public int Count { get; private set; }

        public override void Post(Action work) => Count++;

        public override void Dispose()
        {
        }
    }
}
