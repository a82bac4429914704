using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using ScheduledBots.Diagnostics;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Testing;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.Diagnostics;

/// <summary>
/// A canary in every place where a secret can be (the URL's query, metadata, resources, the words of the host's code) goes
/// through every flow, failures included; then it is looked for in everything an operator or an observer can see.
/// </summary>
public sealed class SecretStories : IDisposable
{
    private const string Canary = "CANARY-7f3a";

    private readonly RecordingObserver _observer = new();
    private readonly ConcurrentQueue<string> _seen = [];
    private readonly ActivityListener _listener;
    private readonly FaultyStore _store = new(HealthStories.NewInMemoryStore(), TimeProvider.System);

    public SecretStories()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SchedulerActivity.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = See,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    // Mutant: Log.ReleaseFailed is given the exception's message instead of its type.
    // Mutant: SchedulerActivity.Fail sets the exception's message as the status description.
    [Fact]
    public async Task No_secret_leaves_by_any_flow()
    {
        Scene scene = await OpenAsync();
        using var tap = new MetricTap(scene.Services.GetRequiredService<IMeterFactory>());

        await JoinAsync(scene);
        await FailToStageAsync(scene);
        await FailToJoinAsync(scene);
        await ChangeAsync(scene);
        await RefuseAsync(scene);
        await LoseAnswersAsync(scene);
        await DrainAsync(scene);

        await SeeHealthAsync(scene);
        IReadOnlyList<FakeLogRecord> log = scene.Services.GetFakeLogCollector().GetSnapshot();
        await scene.DisposeAsync();
        log.ToList().ForEach(See);
        _observer.Events.ToList().ForEach(botEvent => _seen.Enqueue($"event {botEvent} {string.Join(' ', PropertiesOf(botEvent))}"));
        tap.Measured.ToList().ForEach(measured => _seen.Enqueue($"metric {measured.Name} {string.Join(' ', measured.Tags)}"));

        Assert.DoesNotContain(_seen, text => text.Contains(Canary, StringComparison.OrdinalIgnoreCase));
        int[] wantedLines = [2, 6, 12, 20, 22, 23, 32, 44, 51, 52, 56, 57, 58, 72];
        Assert.Empty(wantedLines.Except(log.Select(record => record.Id.Id)));
        Assert.Equal(2, _seen.Where(text => text.StartsWith("span", StringComparison.Ordinal)).Select(text => text.Split(' ')[1]).Distinct().Count());
        Assert.True(_seen.Count > 300, $"only {_seen.Count} texts were seen");
    }

    public void Dispose()
    {
        _listener.Dispose();
        _observer.Dispose();
    }

    private Task<Scene> OpenAsync() => Scene.OpenAsync(
        options =>
        {
            options.AllocationTimeout = TimeSpan.FromSeconds(5);
            options.JoinTimeout = TimeSpan.FromSeconds(30);
            options.MisfireGrace = TimeSpan.FromMinutes(1);
        },
        build: builder =>
        {
            builder.Services.AddMetrics();
            builder.Services.AddKeyedSingleton<IBotStore>(builder.Name, _store);
            builder.Services.AddLogging(logging => logging.AddFakeLogging().SetMinimumLevel(LogLevel.Trace));
            builder.AddHealthCheck().AddObserver(_observer).AddObserver(new RecordingObserver { Act = _ => throw Secret() });
        });

    private static async Task JoinAsync(Scene scene)
    {
        scene.Host.Allocate = (_, _) => Task.FromResult(new Allocation(Canary, Canary, isPortable: true));
        scene.Host.Join = (attempt, _) => attempt.Attempt == 1 ? Task.FromResult(JoinResult.Retry(TimeSpan.FromSeconds(1), Canary)) : Task.FromResult(JoinResult.Joined());
        await scene.UntilAsync((await ScheduleAsync(scene, TimeSpan.FromMinutes(2))).Id, BotStatus.Joined, Step);
    }

    /// <summary>Throws, hangs and delivers late, and cannot be released; then it is missed.</summary>
    private async Task FailToStageAsync(Scene scene)
    {
        int calls = 0;
        var late = new TaskCompletionSource<Allocation>(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Host.Allocate = (_, _) => ++calls == 1 ? late.Task : throw Secret();
        scene.Host.Release = () => throw Secret();
        Bot bot = await ScheduleAsync(scene, TimeSpan.FromMinutes(1));
        await scene.UntilAsync(bot.Id, BotStatus.Failed, Step);
        late.SetResult(new Allocation(Canary));
        await UntilLoggedAsync(scene, 23);
        scene.Host.Release = () => { };
        _seen.Enqueue((await scene.Scheduler.FindAsync(bot.Id))!.ToString());
        _seen.Enqueue((await scene.Scheduler.ExplainAsync(bot.Id)).ToString());
    }

    /// <summary>Throws, says no, and hangs.</summary>
    private static async Task FailToJoinAsync(Scene scene)
    {
        scene.Host.Allocate = (_, _) => Task.FromResult(new Allocation(Canary));
        foreach (Func<Task<JoinResult>> join in (Func<Task<JoinResult>>[])
            [() => throw Secret(), () => Task.FromResult(JoinResult.Failed(Canary)), () => new TaskCompletionSource<JoinResult>().Task])
        {
            scene.Host.Join = (_, _) => join();
            await scene.UntilAsync((await ScheduleAsync(scene, TimeSpan.FromMinutes(1))).Id, BotStatus.Failed, Step);
        }
    }

    private async Task ChangeAsync(Scene scene)
    {
        scene.Host.Join = (_, _) => Task.FromResult(JoinResult.Joined());
        Bot bot = await ScheduleAsync(scene, TimeSpan.FromHours(1));
        await scene.Scheduler.RescheduleAsync(bot.Id, scene.Now + TimeSpan.FromHours(2));
        var update = new BotUpdate { MeetingUrl = new Uri($"https://meet.example.com/b?pwd={Canary}"), Metadata = Canary };
        _seen.Enqueue(update.ToString());
        await scene.Scheduler.UpdateAsync(bot.Id, update);
        await scene.Scheduler.CancelAsync(bot.Id);
        await RefusedAsync(() => scene.Scheduler.CancelAsync(bot.Id));
        await scene.Scheduler.EraseAsync(bot.Id);
        Bot staged = await ScheduleAsync(scene, TimeSpan.FromMinutes(4));
        await scene.UntilAsync(staged.Id, BotStatus.Staged, TimeSpan.FromMilliseconds(1));
        await RefusedAsync(() => scene.Scheduler.RescheduleAsync(staged.Id, scene.Now + TimeSpan.FromHours(1)));
        await RefusedAsync(() => scene.Scheduler.EraseAsync(staged.Id));
        await RefusedAsync(() => scene.Scheduler.UpdateAsync(staged.Id, new BotUpdate { Metadata = Canary }, expectedVersion: 99));
        await scene.Scheduler.AbortAsync(staged.Id);
    }

    private async Task RefuseAsync(Scene scene)
    {
        BotRequest good = Request(scene, TimeSpan.FromHours(1)) with { DeduplicationKey = "key" };
        ScheduleResult result = await scene.Scheduler.ScheduleAsync(good);
        _seen.Enqueue($"{good} {result}");
        await RefusedAsync(() => scene.Scheduler.ScheduleAsync(good with { Metadata = Canary + "2" }));
        Func<BotRequest, BotRequest>[] spoils =
        [
            request => request with { MeetingUrl = new Uri($"/{Canary}", UriKind.Relative) },
            request => request with { MeetingUrl = new Uri($"ftp://meet.example.com/{Canary}") },
            request => request with { MeetingUrl = new Uri($"https://ann:{Canary}@meet.example.com/") },
            request => request with { MeetingUrl = new Uri($"https://meet.example.com/{Canary}{new string('a', 2048)}") },
            request => request with { Metadata = Canary + new string('m', 16 * 1024) },
            request => request with { Metadata = Canary + "\0" },
            request => request with { JoinAt = scene.Now.AddDays(-1) },
        ];
        foreach (Func<BotRequest, BotRequest> spoil in spoils)
        {
            await RefusedAsync(() => scene.Scheduler.ScheduleAsync(spoil(Request(scene, TimeSpan.FromHours(1)))));
        }
    }

    /// <summary>The store fails before and after it has written, at each verb once.</summary>
    private async Task LoseAnswersAsync(Scene scene)
    {
        var failed = new ConcurrentDictionary<string, byte>();
        _store.Script = verb =>
            verb != nameof(IBotStore.FindAsync) && failed.TryAdd("before " + verb, 0) ? StoreFault.BeforeApply
            : verb == nameof(IBotStore.CommitAsync) && failed.TryAdd("after " + verb, 0) ? StoreFault.AfterApply
            : StoreFault.None;
        await RefusedAsync(() => ScheduleAsync(scene, TimeSpan.FromMinutes(2)));
        await scene.UntilAsync((await ScheduleAsync(scene, TimeSpan.FromMinutes(2))).Id, BotStatus.Joined, Step);
        _store.Script = _ => StoreFault.None;
    }

    private static async Task DrainAsync(Scene scene)
    {
        await ScheduleAsync(scene, TimeSpan.FromMinutes(3));
        Bot staged = await ScheduleAsync(scene, TimeSpan.FromMinutes(3));
        await scene.UntilAsync(staged.Id, BotStatus.Staged, TimeSpan.FromMilliseconds(1));
        await scene.Engine.StopAsync();
    }

    private async Task SeeHealthAsync(Scene scene)
    {
        HealthReport report = await scene.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        foreach (HealthReportEntry entry in report.Entries.Values)
        {
            _seen.Enqueue($"health {entry.Description} {entry.Exception} {string.Join(' ', entry.Data)}");
        }
    }

    private async Task RefusedAsync(Func<Task> verb)
    {
        Exception refusal = await Assert.ThrowsAnyAsync<Exception>(verb);
        _seen.Enqueue($"exception {refusal} {string.Join(' ', PropertiesOf(refusal))}");
    }

    private void See(FakeLogRecord record) =>
        _seen.Enqueue($"log {record.Id.Id} {record.Message} {string.Join(' ', record.StructuredState ?? [])} {record.Exception} {string.Join(' ', record.Scopes)}");

    private void See(Activity span) => _seen.Enqueue(string.Create(
        CultureInfo.InvariantCulture,
        $"span {span.OperationName} {span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Baggage)} {string.Join(' ', span.Events.SelectMany(one => one.Tags))}"));

    private static IEnumerable<string> PropertiesOf(object value) =>
        value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0).Select(property => $"{property.Name}={property.GetValue(value)}");

    private static async Task<Bot> ScheduleAsync(Scene scene, TimeSpan lead) => (await scene.Scheduler.ScheduleAsync(Request(scene, lead))).Bot;

    private static BotRequest Request(Scene scene, TimeSpan lead) => new()
    {
        MeetingUrl = new Uri($"https://meet.example.com/abc?pwd={Canary}"),
        Name = "Notes",
        Metadata = Canary,
        JoinAt = scene.Now + lead,
    };

    private static async Task UntilLoggedAsync(Scene scene, int id) =>
        await scene.StepUntilAsync(() => scene.Services.GetFakeLogCollector().GetSnapshot().Any(record => record.Id.Id == id));

    private static InvalidOperationException Secret() => new(Canary);

    private static TimeSpan Step => TimeSpan.FromMilliseconds(500);
}
