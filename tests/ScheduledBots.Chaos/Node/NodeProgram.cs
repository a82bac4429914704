using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScheduledBots.Chaos.Rigging;
using ScheduledBots.Configuration;
using ScheduledBots.Execution;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Chaos.Node;

/// <summary>
/// A node: the production engine on the production store, with the host's code of the rig. It loads and waits, so that
/// one that died can be replaced at once; the rig's words come in by standard input, one a line.
/// </summary>
internal static class NodeProgram
{
    public const string Loaded = "loaded", Ready = "ready", Refused = "refused";
    public const string Go = "go", Drain = "drain", Step = "step";

    private const int MaxWarmUps = 20;

    public static async Task<int> RunAsync(string setupFile)
    {
        NodeSetup setup = NodeSetup.Read(setupFile);
        using var witness = new Witness(setup.WitnessFile);
        using var log = new FileLog(setup.LogFile);
        var time = new SteppedTime();
        await using ServiceProvider services = Services(setup, witness, log, time);
        var engine = services.GetRequiredService<IScheduledBotsEngine>();
        await WarmUpAsync(services.GetRequiredService<IBotScheduler>());
        Console.WriteLine(Loaded);

        // The end of the input is the end of the rig, and of everything it started.
        while (await Console.In.ReadLineAsync() is { } line)
        {
            switch (line.Split(' '))
            {
                case [Go]:
                    await StartAsync(engine);
                    break;
                case [Step, string seconds]:
                    time.Step(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
                    break;
                case [Drain]:
                    await engine.StopAsync();
                    return 0;
                default:
                    throw new InvalidDataException($"'{line}' is no word of the rig's");
            }
        }

        return 1;
    }

    /// <summary>A first call loads what every call needs; on a machine that is busy with many nodes it may take longer than a call may.</summary>
    private static async Task WarmUpAsync(IBotScheduler scheduler)
    {
        try
        {
            await AskAgain.UntilAnsweredAsync(MaxWarmUps, () => scheduler.FindAsync(new BotId(Guid.Empty)));
        }
        catch (InvalidOperationException)
        {
            // The engine's start will say it too.
        }
    }

    private static async Task StartAsync(IScheduledBotsEngine engine)
    {
        try
        {
            await engine.StartAsync();
            Console.WriteLine(Ready);
        }
        catch (InvalidOperationException error)
        {
            Console.WriteLine($"{Refused} {error.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static ServiceProvider Services(NodeSetup setup, Witness witness, FileLog log, SteppedTime time)
    {
        var crash = new Crash(setup.CrashPoint, setup.CrashPasses);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);

        // Another time than the system's gets a waker of timers; this one ticks like the system's, so it gets the precise one.
        services.AddSingleton(new EngineEnvironment(time)
        {
            CreateWaker = (clock, maxSpin, onFault) => new PreciseWaker(clock, maxSpin, onFault),
            CollectYoung = HerdCollector.CollectYoung,
        });
        services.AddLogging(logging => logging.AddProvider(log).AddFilter("Microsoft", LogLevel.Warning));
        services.AddScheduledBots(options => CopyTo(options, setup.Options))
            .UseEfCoreStorage(options => options.UseNpgsql(setup.ConnectionString))
            .UseResourceAllocator(new WitnessingAllocator(setup, witness, crash))
            .UseMeetingJoiner(new WitnessingJoiner(setup, witness, crash));
        Decorate(services, store => new CrashingStore(store, crash));
        return services.BuildServiceProvider();
    }

    private static void CopyTo(ScheduledBotsOptions target, ScheduledBotsOptions source)
    {
        foreach (PropertyInfo option in typeof(ScheduledBotsOptions).GetProperties().Where(option => option.CanWrite))
        {
            option.SetValue(target, option.GetValue(source));
        }
    }

    private static void Decorate(ServiceCollection services, Func<IBotStore, IBotStore> wrap)
    {
        ServiceDescriptor registered = services.Last(service => service.ServiceType == typeof(IBotStore));
        services.Remove(registered);
        services.AddKeyedSingleton(registered.ServiceKey, (provider, key) => wrap((IBotStore)registered.KeyedImplementationFactory!(provider, key)));
    }
}
