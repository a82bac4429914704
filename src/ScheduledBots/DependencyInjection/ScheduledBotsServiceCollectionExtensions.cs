using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ScheduledBots;
using ScheduledBots.Configuration;
using ScheduledBots.DependencyInjection;
using ScheduledBots.Diagnostics;
using ScheduledBots.Execution;
using ScheduledBots.Extensibility;
using ScheduledBots.Face;
using ScheduledBots.Rehearsing;
using ScheduledBots.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds ScheduledBots to a host's services.</summary>
/// <remarks>Used while the container is set up; not thread-safe. Works in a plain <see cref="ServiceCollection"/>, a generic host and ASP.NET Core.</remarks>
public static class ScheduledBotsServiceCollectionExtensions
{
    /// <summary>Adds the default scheduler. Follow it with a storage, an allocator and a joiner.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Changes the options; they are validated together when the host starts.</param>
    /// <returns>The builder to go on with.</returns>
    public static IScheduledBotsBuilder AddScheduledBots(this IServiceCollection services, Action<ScheduledBotsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Add(services, Options.Options.DefaultName, configure);
    }

    /// <summary>Adds the default scheduler with options bound from configuration.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="section">The section that has the names of <see cref="ScheduledBotsOptions"/> as keys.</param>
    /// <returns>The builder to go on with.</returns>
    public static IScheduledBotsBuilder AddScheduledBots(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, Options.Options.DefaultName, options => section.Bind(options));
    }

    /// <summary>
    /// Adds a scheduler of a name beside others. Its services have the name as their key
    /// (<c>[FromKeyedServices("name")] IBotScheduler</c>), its options have it as their name; nothing is shared with another scheduler.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The name; not empty, which is the default scheduler's.</param>
    /// <param name="configure">Changes the options; they are validated together when the host starts.</param>
    /// <returns>The builder to go on with.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static IScheduledBotsBuilder AddScheduledBots(
        this IServiceCollection services, string name, Action<ScheduledBotsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(services, name, configure);
    }

    /// <summary>Adds a scheduler of a name beside others, with options bound from configuration.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">The name; not empty, which is the default scheduler's.</param>
    /// <param name="section">The section that has the names of <see cref="ScheduledBotsOptions"/> as keys.</param>
    /// <returns>The builder to go on with.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static IScheduledBotsBuilder AddScheduledBots(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, name, options => section.Bind(options));
    }

    private static ScheduledBotsBuilder Add(IServiceCollection services, string name, Action<ScheduledBotsOptions>? configure)
    {
        OptionsBuilder<ScheduledBotsOptions> options = services.AddOptionsWithValidateOnStart<ScheduledBotsOptions>(name);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (!services.Any(service => service.ServiceType == typeof(SignalQueue) && Equals(service.ServiceKey, name)))
        {
            AddEngine(services, name);
        }

        return new ScheduledBotsBuilder(name, services);
    }

    private static void AddEngine(IServiceCollection services, string name)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ScheduledBotsOptions>, ScheduledBotsOptionsValidator>());
        services.AddKeyedSingleton<SignalQueue>(name, (_, _) => new SignalQueue());
        services.AddKeyedSingleton<EngineClock>(name, (provider, _) =>
            new EngineClock(provider.GetRequiredService<TimeProvider>(), OptionsOf(provider, name).MaxClockSkew));
        services.AddKeyedSingleton<EngineFacts>(name, (provider, _) => new EngineFacts(OptionsOf(provider, name).ExpectedStaging));
        services.TryAddSingleton(provider => new SchedulerInstruments(provider.GetService<IMeterFactory>()));
        services.AddKeyedSingleton<SchedulerTelemetry>(name, (provider, _) => new SchedulerTelemetry(
            name,
            provider.GetRequiredService<SchedulerInstruments>(),
            provider.GetKeyedServices<IBotObserver>(name),
            provider.GetRequiredKeyedService<EngineClock>(name),
            provider.GetRequiredService<TimeProvider>(),
            LogOf(provider)));
        services.AddKeyedSingleton<INodeDirectory>(name, (provider, _) => TelemetryOf(provider, name).StoreVitals);
        services.AddKeyedSingleton<IBotScheduler>(name, (provider, _) => new BotScheduler(
            StoreOf(provider, name),
            provider.GetRequiredKeyedService<SignalQueue>(name),
            provider.GetRequiredKeyedService<EngineClock>(name),
            provider.GetRequiredKeyedService<EngineFacts>(name),
            OptionsOf(provider, name))
        {
            Commits = new HostCommits(
                provider.GetRequiredKeyedService<IBotStore>(name), provider.GetRequiredKeyedService<SignalQueue>(name), TelemetryOf(provider, name).Events),
        });
        services.AddKeyedSingleton<IScheduledBotsEngine>(name, (provider, _) => CreateEngine(provider, name));
        services.AddSingleton<IHostedService>(provider =>
            new ScheduledBotsHostedService(OnlySchedules(provider, name) ? null : provider.GetRequiredKeyedService<IScheduledBotsEngine>(name)));
        if (name == Options.Options.DefaultName)
        {
            services.TryAddSingleton(provider => provider.GetRequiredKeyedService<IBotScheduler>(name));
            services.TryAddSingleton(provider => provider.GetRequiredKeyedService<IScheduledBotsEngine>(name));
        }
    }

    internal static SchedulerHealthCheck CreateHealthCheck(IServiceProvider provider, string name) => new(
        StoreOf(provider, name), TelemetryOf(provider, name), OptionsOf(provider, name), provider.GetRequiredService<TimeProvider>());

    private static ScheduledBotsEngine CreateEngine(IServiceProvider provider, string name)
    {
        if (OnlySchedules(provider, name))
        {
            string scheduler = name.Length == 0 ? "The default scheduler" : $"The scheduler '{name}'";
            throw new InvalidOperationException(
                $"{scheduler} only schedules, it has no engine. Remove ScheduleOnly(), or ask for the engine in the process that stages and joins.");
        }

        SchedulerTelemetry telemetry = TelemetryOf(provider, name);
        return new ScheduledBotsEngine(
            StoreOf(provider, name, inEngine: true),
            telemetry.Measure(Required<IResourceAllocator>(provider, name, "No resource allocator is registered", "UseResourceAllocator<TAllocator>()")),
            telemetry.Measure(Required<IMeetingJoiner>(provider, name, "No meeting joiner is registered", "UseMeetingJoiner<TJoiner>()")),
            OptionsOf(provider, name),
            provider.GetRequiredKeyedService<SignalQueue>(name),
            provider.GetRequiredKeyedService<EngineClock>(name),
            provider.GetRequiredKeyedService<EngineFacts>(name),
            provider.GetService<EngineEnvironment>() ?? EnvironmentOf(provider.GetRequiredService<TimeProvider>()),
            telemetry,
            LogOf(provider));
    }

    /// <summary>Where time is not the machine's, nobody is late for code that has to be compiled, or for garbage that has to be collected.</summary>
    private static EngineEnvironment EnvironmentOf(TimeProvider timeProvider) => timeProvider == TimeProvider.System
        ? new EngineEnvironment(timeProvider) { Rehearse = Rehearsal.Begin, CollectYoung = HerdCollector.CollectYoung }
        : new EngineEnvironment(timeProvider);

    private static IBotStore StoreOf(IServiceProvider provider, string name, bool inEngine = false) =>
        TelemetryOf(provider, name).Observe(Required<IBotStore>(provider, name, "No bot store is registered", "UseInMemoryStorage() or UseEfCoreStorage<TContext>()"), inEngine);

    private static SchedulerTelemetry TelemetryOf(IServiceProvider provider, string name) =>
        provider.GetRequiredKeyedService<SchedulerTelemetry>(name);

    private static QuietLogger LogOf(IServiceProvider provider) =>
        new((provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("ScheduledBots"));

    private static ScheduledBotsOptions OptionsOf(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<ScheduledBotsOptions>>().Get(name);

    private static bool OnlySchedules(IServiceProvider provider, string name) => provider.GetKeyedService<ScheduleOnlyMark>(name) is not null;

    private static T Required<T>(IServiceProvider provider, string name, string missing, string call)
        where T : class =>
        provider.GetKeyedService<T>(name) ?? throw new InvalidOperationException(name.Length == 0
            ? $"{missing}. Call {call} after AddScheduledBots()."
            : $"{missing} for the scheduler '{name}'. Call {call} after AddScheduledBots(\"{name}\").");
}
