using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using ScheduledBots.Configuration;
using ScheduledBots.Diagnostics;
using ScheduledBots.Execution;

namespace ScheduledBots.Rehearsing;

/// <summary>
/// An engine of its own joins bots that nobody scheduled, into nothing, so that the first bots that somebody did schedule
/// are not late for the compiler.
/// </summary>
/// <remarks>
/// <para>The runtime compiles a method quickly when it is called first, and well in the background after it was called
/// about thirty times, then thirty times more; and it begins to count only after a moment in which nothing new was called.
/// So the bots come in waves, a second apart: after the first all is compiled, after the last compiled well.</para>
/// <para>Once a process, in the background. Native code needs none. Its meter and its spans have a name that nobody listens to.</para>
/// </remarks>
internal sealed class Rehearsal : IAsyncDisposable
{
    /// <summary>How many waves there are.</summary>
    public const int WaveCount = 5;

    /// <summary>How many bots share an instant.</summary>
    public const int WaveSize = 64;

    /// <summary>From one wave to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const string Name = "ScheduledBots.Rehearsal";

    /// <summary>A machine that cannot play it in this time has no moment to spare for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static int _hasBegun;

    private readonly ActivitySource _source = new(Name);
    private readonly SchedulerInstruments _instruments;
    private readonly SchedulerTelemetry _telemetry;
    private readonly ScheduledBotsEngine _engine;

    public Rehearsal(TimeProvider timeProvider)
    {
        // Few threads, and none that spins: real bots may be due meanwhile.
        var options = new ScheduledBotsOptions { MaxBlockedCalls = 0, MaxSpin = TimeSpan.Zero };
        var clock = new EngineClock(timeProvider, options.MaxClockSkew);
        _instruments = new SchedulerInstruments(null, _source);
        _telemetry = new SchedulerTelemetry(Name, _instruments, [], clock, timeProvider, NullLogger.Instance);
        Stage = new RehearsalStage(clock.Now, WaveCount, WaveSize, Interval);
        _engine = new ScheduledBotsEngine(
            _telemetry.Observe(Stage, inEngine: true),
            _telemetry.Measure(new NobodysAllocator()),
            _telemetry.Measure(new NobodysJoiner()),
            options,
            new SignalQueue(),
            clock,
            new EngineFacts(options.ExpectedStaging),
            new EngineEnvironment(timeProvider),
            _telemetry,
            NullLogger.Instance);
    }

    /// <summary>The bots.</summary>
    public RehearsalStage Stage { get; }

    /// <summary>Plays it in the background, if nobody has in this process.</summary>
    public static void Begin()
    {
        if (RuntimeFeature.IsDynamicCodeCompiled && Interlocked.Exchange(ref _hasBegun, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static _ => _ = PlayQuietlyAsync(), null);
        }
    }

    /// <summary>Plays it to its end.</summary>
    public async Task PlayAsync()
    {
        await _engine.StartAsync().ConfigureAwait(false);
        await Stage.WhenAllJoinedAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync().ConfigureAwait(false);
        _telemetry.Dispose();
        _instruments.Dispose();
        _source.Dispose();
    }

    private static async Task PlayQuietlyAsync()
    {
        try
        {
            await using var rehearsal = new Rehearsal(TimeProvider.System);
            await rehearsal.PlayAsync().WaitAsync(Patience, TimeProvider.System).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Bots join without a rehearsal too, the first ones later.
        }
    }
}
