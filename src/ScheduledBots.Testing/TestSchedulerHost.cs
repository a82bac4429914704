using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.DependencyInjection;
using ScheduledBots.Execution;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Testing.Virtual;

namespace ScheduledBots.Testing;

/// <summary>
/// A scheduler with its real engine, in virtual time: a day of meetings runs in milliseconds, each at its exact instant.
/// Only what a test must hold in its hand is replaced: time, threads and chance.
/// </summary>
/// <remarks>
/// <para>Time passes only inside <see cref="RunFor"/> and its kin, from one timer to the next, and everything runs on the
/// thread that calls them. So a test is synchronous, waits for nothing, and two runs of one seed are alike. The verbs of
/// <see cref="Scheduler"/> answer at once (their tasks are complete) unless the store has latency; then
/// <see cref="Run{T}"/> lets the time pass that they take.</para>
/// <para>Host code under test takes its time from a <see cref="TimeProvider"/> and awaits plainly; code that really waits needs
/// <see cref="TestSchedulerSetup.Patience"/>. One thread at a time may use a host. Disposing stops the engine and
/// disposes what the host made.</para>
/// </remarks>
public sealed partial class TestSchedulerHost : IDisposable
{
    /// <summary>The longest a single <see cref="Run{T}"/> or the engine's drain may take, in virtual time.</summary>
    public static readonly TimeSpan MaxRun = TimeSpan.FromDays(7);

    /// <summary>The container goes on where it likes; it is waited for as long as a busy machine may take.</summary>
    private static readonly TimeSpan DisposalPatience = TimeSpan.FromMinutes(1);

    private readonly ServiceProvider _services;
    private readonly VirtualThread _thread;
    private readonly Random _random;
    private bool _disposed;

    private TestSchedulerHost(TestSchedulerSetup setup)
    {
        _random = new Random(setup.Seed);
        Time = new VirtualTime(setup.StartsAt);
        Record = new HostRecord(Time);
        Allocator = new ScriptedAllocator(Time);
        Joiner = new ScriptedJoiner(Time);
        Outside = setup.Patience > TimeSpan.FromSeconds(1) ? setup.Patience : TimeSpan.FromSeconds(1);
        _thread = new VirtualThread(Time)
        {
            Patience = setup.Patience,
            IsWaitingOutside = () => Record.RunningCount > 0 || Store!.RunningCount > 0,
        };
        _services = Build(setup);
        Store = (FaultyStore)_services.GetRequiredKeyedService<IBotStore>("");
        Scheduler = _services.GetRequiredService<IBotScheduler>();
        Engine = _services.GetRequiredService<IScheduledBotsEngine>();
    }

    /// <summary>The face, as the host application sees it.</summary>
    public IBotScheduler Scheduler { get; }

    /// <summary>The engine; it runs already unless the setup says otherwise. Start and stop it through <see cref="Run{T}"/> or its kin.</summary>
    public IScheduledBotsEngine Engine { get; }

    /// <summary>The time that everything here follows.</summary>
    public VirtualTime Time { get; }

    /// <summary>The true instant, whatever the wall clock was stepped to.</summary>
    public DateTimeOffset Now => Time.TrueNow;

    /// <summary>The store, with a switch for each of its faults.</summary>
    public FaultyStore Store { get; }

    /// <summary>The allocator in use unless the setup names another.</summary>
    public ScriptedAllocator Allocator { get; }

    /// <summary>The joiner in use unless the setup names another.</summary>
    public ScriptedJoiner Joiner { get; }

    /// <summary>Every call of the allocator and the joiner in use, whoever wrote them.</summary>
    public HostRecord Record { get; }

    /// <summary>The services of the host, with what the setup added.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Every bot as it is now, by JoinAt; past their retention they are gone.</summary>
    public IReadOnlyList<Bot> Bots =>
        [.. Store.Inner.ListAsync(new BotQuery { Limit = int.MaxValue }, CancellationToken.None).GetAwaiter().GetResult().Select(Bot.FromSnapshot)];

    /// <summary>Makes a host and starts its engine.</summary>
    /// <param name="setup">What it is made of; null for the defaults.</param>
    /// <returns>The host, standing still at its first instant.</returns>
    public static TestSchedulerHost Start(TestSchedulerSetup? setup = null)
    {
        setup ??= new TestSchedulerSetup();
        var host = new TestSchedulerHost(setup);
        if (setup.StartsEngine)
        {
            host.Run(() => host.Engine.StartAsync());
        }

        return host;
    }

    /// <summary>Makes a host with the given allocator, joiner or services and starts its engine.</summary>
    /// <param name="configure">See <see cref="TestSchedulerSetup.Configure"/>.</param>
    /// <returns>The host, standing still at its first instant.</returns>
    public static TestSchedulerHost Start(Action<IScheduledBotsBuilder> configure) => Start(new TestSchedulerSetup { Configure = configure });

    /// <summary>A request with an id of its own that the seed decides, as spreading and jitter hang on the id.</summary>
    /// <param name="lead">How far ahead of now it is due; null asks for an ad-hoc bot.</param>
    /// <param name="name">The bot's name.</param>
    /// <returns>The request, to be varied by <c>with</c>.</returns>
    public BotRequest Request(TimeSpan? lead, string name = "Notes")
    {
        byte[] id = new byte[16];
        _random.NextBytes(id);
        return new BotRequest
        {
            Id = new BotId(new Guid(id)),
            MeetingUrl = new Uri("https://meet.example.com/room"),
            Name = name,
            JoinAt = lead is { } ahead ? Now + ahead : null,
        };
    }

    /// <summary>Schedules one bot and lets pass only the time that the store takes.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The bot.</returns>
    public Bot Schedule(BotRequest request) => Run(() => Scheduler.ScheduleAsync(request)).Bot;

    /// <summary>Schedules one bot of a <see cref="Request"/>.</summary>
    /// <param name="lead">How far ahead of now it is due; null asks for an ad-hoc bot.</param>
    /// <returns>The bot.</returns>
    public Bot Schedule(TimeSpan? lead) => Schedule(Request(lead));

    /// <summary>The bot as it is now.</summary>
    /// <param name="id">The bot.</param>
    /// <returns>The bot.</returns>
    /// <exception cref="BotNotFoundException">There is none.</exception>
    public Bot Find(BotId id) =>
        Store.Inner.FindAsync(id, CancellationToken.None).GetAwaiter().GetResult() is { } found ? Bot.FromSnapshot(found) : throw new BotNotFoundException(id);

    /// <summary>Lets time pass, and everything happen that is due in it.</summary>
    /// <param name="span">How long; zero lets happen what is due now.</param>
    public void RunFor(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        RunUntil(Now + span);
    }

    /// <summary>Lets time pass until an instant, and everything happen that is due by then, that instant included.</summary>
    /// <param name="instant">When to stand still.</param>
    public void RunUntil(DateTimeOffset instant)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _thread.RunUntil(instant);
    }

    /// <summary>Lets time pass until a bot has a status.</summary>
    /// <param name="id">The bot.</param>
    /// <param name="status">The status, as the store keeps it.</param>
    /// <returns>The bot.</returns>
    /// <exception cref="Xunit.Sdk.XunitException">It settled otherwise, or did not get there within <see cref="MaxRun"/> of its due instant.</exception>
    public Bot RunUntil(BotId id, BotStatus status)
    {
        DateTimeOffset limit = Find(id).JoinAt + MaxRun;
        while (true)
        {
            RunFor(TimeSpan.Zero);
            Bot bot = Find(id);
            if (bot.Status == status)
            {
                return bot;
            }

            if (bot.IsSettled || !_thread.RunToNextTimer(limit))
            {
                Assert.Fail($"Waited until {Now:O} for bot {id} to be {status}, but it is {bot.Status}{Because(bot)}.");
            }
        }
    }

    /// <summary>Makes a call and lets pass the time that it takes.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="call">The call; what it awaits comes back to this thread.</param>
    /// <returns>What it returned; what it throws is thrown here.</returns>
    /// <exception cref="TimeoutException">It does not end within <see cref="MaxRun"/>.</exception>
    public T Run<T>(Func<Task<T>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        Task<T>? task = null;
        Run(() => (Task)(task = call()));
        return task!.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Run{T}"/>
    public void Run(Func<Task> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        ObjectDisposedException.ThrowIf(_disposed, this);
        _thread.RunToEnd(call, Now + MaxRun, Outside);
    }

    /// <summary>Stops the engine as a host that shuts down does: what is about to join joins, the rest is handed back.</summary>
    public void Stop() => Run(() => Engine.StopAsync());

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            Store.IsOut = false;
            Stop();
            _thread.RunToEnd(() => _services.DisposeAsync().AsTask(), Now + MaxRun, DisposalPatience);
            _disposed = true;
        }
    }

    /// <summary>How long, in real time, a call is waited for that only something outside can end.</summary>
    private TimeSpan Outside { get; }

    private ServiceProvider Build(TestSchedulerSetup setup)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        IScheduledBotsBuilder builder = services.AddScheduledBots(setup.Options)
            .UseInMemoryStorage()
            .UseResourceAllocator(Allocator)
            .UseMeetingJoiner(Joiner);
        setup.Configure?.Invoke(builder);
        services.AddSingleton(Environment());
        services.Decorate<IBotStore>(builder.Name, inner => new FaultyStore(inner, Time));
        services.Decorate<IResourceAllocator>(builder.Name, inner => new RecordingAllocator(inner, Record));
        services.Decorate<IMeetingJoiner>(builder.Name, inner => new RecordingJoiner(inner, Record));
        return services.BuildServiceProvider();
    }

    private EngineEnvironment Environment()
    {
        var runner = new VirtualRunner(_thread);
        return new EngineEnvironment(Time)
        {
            CreateWaker = (clock, _, onFault) => new VirtualWaker(_thread, Time, clock, onFault),
            CreateWorkers = (_, _, _) => runner,
            Background = runner,
            NewNodeId = _ => new NodeId(new Guid(_random.Next(), 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1)),
            NextRandom = _random.NextDouble,
        };
    }
}
