using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using ScheduledBots.Configuration;
using ScheduledBots.Diagnostics;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Testing;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.Diagnostics;

public sealed class HealthStories
{
    private readonly FaultyStore _store = new(NewInMemoryStore(), TimeProvider.System);
    private SteppingTime? _time;

    [Fact]
    public async Task A_scheduler_that_keeps_up_is_healthy_and_says_what_it_does()
    {
        await using Scene scene = await OpenAsync();
        await scene.ScheduleAsync(TimeSpan.FromMinutes(10));

        HealthReportEntry health = await CheckAsync(scene);

        Assert.Equal(HealthStatus.Healthy, health.Status);
        Assert.Contains("nothing is overdue", health.Description, StringComparison.Ordinal);
        Assert.Contains("dies with this process", health.Description, StringComparison.Ordinal);
        Assert.Equal("Running", health.Data["engine"]);
        Assert.Equal("timers", health.Data["engine.waker"]);
    }

    // Mutant: ad-hoc bots are not left out of what is overdue.
    [Fact]
    public async Task The_oldest_overdue_bot_degrades_and_past_its_grace_it_is_unhealthy()
    {
        await using Scene scene = await OpenAsync(start: false);
        await scene.ScheduleAsync(lead: null);
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(1));
        await scene.ScheduleAsync(TimeSpan.FromMinutes(2));

        HealthReportEntry before = await CheckAsync(scene);
        scene.Time.Advance(TimeSpan.FromMinutes(3));
        HealthReportEntry late = await CheckAsync(scene);
        scene.Time.Advance(TimeSpan.FromMinutes(10));
        HealthReportEntry missed = await CheckAsync(scene);

        Assert.Equal((HealthStatus.Healthy, HealthStatus.Degraded, HealthStatus.Unhealthy), (before.Status, late.Status, missed.Status));
        Assert.Equal(bot.Id.ToString(), late.Data["overdue.bot"]);
        Assert.Equal(120.0, late.Data["overdue.seconds"]);
        Assert.Contains("no engine works for it", missed.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_whose_joiner_runs_is_not_overdue()
    {
        await using Scene scene = await OpenAsync();
        var result = new TaskCompletionSource<JoinResult>();
        scene.Host.Join = (_, _) => result.Task;
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(1));
        await scene.UntilAsync(bot.Id, BotStatus.Joining, TimeSpan.FromMilliseconds(500));

        scene.Time.Advance(TimeSpan.FromMinutes(1));
        HealthReportEntry health = await CheckAsync(scene);

        Assert.Equal(HealthStatus.Healthy, health.Status);
        result.SetResult(JoinResult.Joined());
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_unhealthy_and_its_failure_is_remembered_for_a_while()
    {
        await using Scene scene = await OpenAsync(start: false);
        _store.FailNext(StoreFault.BeforeApply, nameof(IBotStore.ListAsync));

        HealthReportEntry failing = await CheckAsync(scene);
        HealthReportEntry back = await CheckAsync(scene);
        scene.Time.Advance(SchedulerHealthCheck.ErrorMemory);
        HealthReportEntry later = await CheckAsync(scene);

        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Degraded, HealthStatus.Healthy), (failing.Status, back.Status, later.Status));
        Assert.Contains("does not answer (StoreFaultException)", failing.Description, StringComparison.Ordinal);
        Assert.Equal("StoreFaultException", later.Data["store.last_error"]);
    }

    [Fact]
    public async Task A_clock_step_degrades_while_it_is_clamped_and_is_said_in_the_log()
    {
        await using Scene scene = await OpenAsync();
        _time!.Step = TimeSpan.FromHours(1);

        HealthReportEntry stepped = await CheckAsync(scene);
        await scene.ScheduleAsync(TimeSpan.FromHours(2));
        await UntilLoggedAsync(scene, 7);
        await scene.StepUntilAsync(() => LogOf(scene).Any(record => record.Id.Id == 8));
        EngineVitals vitals = scene.Services.GetRequiredKeyedService<SchedulerTelemetry>("").Vitals;
        await scene.ScheduleAsync(TimeSpan.FromHours(2));
        await scene.StepUntilAsync(() => vitals.NextDeadline > vitals.Clock.Now);
        HealthReportEntry believed = await CheckAsync(scene);

        Assert.Equal((HealthStatus.Degraded, HealthStatus.Healthy), (stepped.Status, believed.Status));
        Assert.Contains("stepped by 3600.0 s", stepped.Description, StringComparison.Ordinal);
        Assert.Equal(1, believed.Data["clock.steps"]);
        Assert.Single(LogOf(scene), record => record.Id.Id == 7);
    }

    [Fact]
    public async Task Threads_that_the_host_blocks_degrade_and_are_said_in_the_log_until_they_are_free()
    {
        using var gate = new ManualResetEventSlim();
        await using Scene scene = await OpenAsync(options => options.MaxBlockedCalls = 0);
        scene.Host.Join = (_, _) =>
        {
            gate.Wait(CancellationToken.None);
            return Task.FromResult(JoinResult.Joined());
        };
        for (int i = 0; i <= Math.Max(2, Environment.ProcessorCount); i++)
        {
            await scene.ScheduleAsync(TimeSpan.FromMinutes(1));
        }

        await scene.StepUntilAsync(() => LogOf(scene).Any(record => record.Id.Id == 60));
        HealthReportEntry blocked = await CheckAsync(scene);
        gate.Set();
        await scene.StepUntilAsync(() => LogOf(scene).Any(record => record.Id.Id == 61));
        HealthReportEntry free = await CheckAsync(scene);

        Assert.Equal((HealthStatus.Degraded, HealthStatus.Healthy), (blocked.Status, free.Status));
        Assert.Contains("blocked by the host's code", blocked.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loop_past_its_deadline_is_unhealthy()
    {
        await using Scene scene = await OpenAsync(start: false);
        EngineVitals vitals = scene.Services.GetRequiredKeyedService<SchedulerTelemetry>("").Vitals;
        vitals.Stage = EngineStage.Running;
        vitals.TurnEnded(1, scene.Now);

        HealthReportEntry onTime = await CheckAsync(scene);
        scene.Time.Advance(SchedulerHealthCheck.LoopTolerance + TimeSpan.FromTicks(1));
        HealthReportEntry behind = await CheckAsync(scene);

        Assert.Equal((HealthStatus.Healthy, HealthStatus.Unhealthy), (onTime.Status, behind.Status));
        Assert.Contains("behind its deadline", behind.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draining_engine_is_degraded_and_a_stopped_one_unhealthy()
    {
        await using Scene scene = await OpenAsync();
        var result = new TaskCompletionSource<JoinResult>();
        scene.Host.Join = (_, _) => result.Task;
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(1));
        await scene.UntilAsync(bot.Id, BotStatus.Joining, TimeSpan.FromMilliseconds(500));

        Task stopping = scene.Engine.StopAsync();
        await UntilLoggedAsync(scene, 6);
        HealthReportEntry draining = await CheckAsync(scene);
        result.SetResult(JoinResult.Joined());
        await stopping;
        HealthReportEntry stopped = await CheckAsync(scene);

        Assert.Equal((HealthStatus.Degraded, HealthStatus.Unhealthy), (draining.Status, stopped.Status));
    }

    private Task<Scene> OpenAsync(Action<ScheduledBotsOptions>? configure = null, bool start = true) => Scene.OpenAsync(configure, start, builder =>
    {
        _time = new SteppingTime((TimeProvider)builder.Services.Last(service => service.ServiceType == typeof(TimeProvider)).ImplementationInstance!);
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddKeyedSingleton<IBotStore>(builder.Name, _store);
        builder.Services.AddLogging(logging => logging.AddFakeLogging().SetMinimumLevel(LogLevel.Trace));
        builder.AddHealthCheck();
    });

    private static async Task<HealthReportEntry> CheckAsync(Scene scene)
    {
        HealthReport report = await scene.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return report.Entries["scheduledbots"];
    }

    private static IReadOnlyList<FakeLogRecord> LogOf(Scene scene) => scene.Services.GetFakeLogCollector().GetSnapshot();

    private static async Task UntilLoggedAsync(Scene scene, int id)
    {
        for (int i = 0; i < 5_000 && !LogOf(scene).Any(record => record.Id.Id == id); i++)
        {
            await Task.Delay(1);
        }

        Assert.Contains(LogOf(scene), record => record.Id.Id == id);
    }

    internal static IBotStore NewInMemoryStore()
    {
        var services = new ServiceCollection();
        services.AddScheduledBots().UseInMemoryStorage();
        return services.BuildServiceProvider().GetRequiredKeyedService<IBotStore>("");
    }
}
