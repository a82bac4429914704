using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Diagnostics;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.Diagnostics;

public sealed class ObserverStories : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task Every_transition_of_a_bot_is_told_in_order()
    {
        await using Scene scene = await OpenAsync();
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(10));
        await scene.Scheduler.RescheduleAsync(bot.Id, scene.Now + TimeSpan.FromMinutes(20));

        Bot joined = await scene.UntilAsync(bot.Id, BotStatus.Joined, Step);
        BotEvent last = await _observer.UntilAsync(BotEventKind.Joined);

        Assert.Equal(
            [
                BotEventKind.Scheduled, BotEventKind.Rescheduled, BotEventKind.Claimed, BotEventKind.Staged, BotEventKind.Armed,
                BotEventKind.JoinStarted, BotEventKind.Joined,
            ],
            _observer.KindsOf(bot.Id));
        Assert.Equal((BotStatus.Joining, BotStatus.Joined, 1), (last.From, last.To, last.Attempt));
        Assert.Equal((joined.JoinAt, joined.Fence, joined.Owner), (last.JoinAt, last.Fence, last.Node));
        Assert.Equal(((JoinedBot)joined).Lateness, last.Lateness);
        Assert.Null(_observer.Events.First().From);
        Assert.Null(_observer.Events.First().Node);
    }

    [Fact]
    public async Task What_callers_do_is_told_too()
    {
        await using Scene scene = await OpenAsync();
        Bot cancelled = await scene.ScheduleAsync(TimeSpan.FromHours(1));
        await scene.Scheduler.CancelAsync(cancelled.Id);
        Bot aborted = await scene.ScheduleAsync(TimeSpan.FromMinutes(4));
        await scene.UntilAsync(aborted.Id, BotStatus.Staged, TimeSpan.FromMilliseconds(1));

        await scene.Scheduler.AbortAsync(aborted.Id);
        BotEvent told = await _observer.UntilAsync(BotEventKind.Failed);

        Assert.Equal((BotStatus.Staged, BotStatus.Failed, FailureReason.Aborted), (told.From, told.To, told.Reason));
        Assert.Equal([BotEventKind.Scheduled, BotEventKind.Cancelled], _observer.KindsOf(cancelled.Id));
    }

    [Fact]
    public async Task Failures_and_retries_say_their_reason_and_never_the_hosts_words()
    {
        await using Scene scene = await OpenAsync();
        int calls = 0;
        scene.Host.Allocate = (_, _) => ++calls == 1 ? throw new InvalidOperationException("word") : Task.FromResult(new Allocation("browser"));
        scene.Host.Join = (attempt, _) => Task.FromResult(attempt.Attempt == 1 ? JoinResult.Retry(TimeSpan.FromSeconds(1), "word") : JoinResult.Failed("word"));
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));

        await scene.UntilAsync(bot.Id, BotStatus.Failed, Step);
        BotEvent told = await _observer.UntilAsync(BotEventKind.Failed);

        Assert.Equal(FailureReason.JoinFailed, told.Reason);
        Assert.Contains(BotEventKind.StagingRetried, _observer.KindsOf(bot.Id));
        Assert.Contains(BotEventKind.JoinRetried, _observer.KindsOf(bot.Id));
        Assert.DoesNotContain(_observer.Events, botEvent => botEvent.ToString().Contains("word", StringComparison.Ordinal));
    }

    // Mutant: the pumps deliver on the thread that posts.
    [Fact]
    public async Task An_observer_that_throws_or_blocks_for_good_delays_neither_the_bot_nor_another_observer()
    {
        using var never = new ManualResetEventSlim();
        using var blocking = new RecordingObserver();
        blocking.Act = _ => Task.Run(never.Wait);
        using var blockingItsThread = new RecordingObserver();
        blockingItsThread.Act = _ =>
        {
            never.Wait();
            return Task.CompletedTask;
        };
        using var throwing = new RecordingObserver();
        throwing.Act = _ => throw new InvalidOperationException("the observer is broken");
        Scene scene = await OpenAsync(blocking, blockingItsThread, throwing);
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(1));

        await scene.UntilAsync(bot.Id, BotStatus.Joined, Step);
        await _observer.UntilAsync(BotEventKind.Joined);

        Assert.Empty(blocking.Events);
        never.Set();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task An_observer_that_hangs_does_not_keep_the_scheduler_from_ending()
    {
        var hanging = new RecordingObserver { Act = _ => new TaskCompletionSource().Task };
        Scene scene = await OpenAsync(hanging);
        await scene.ScheduleAsync(TimeSpan.FromHours(1));

        await scene.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Empty(hanging.Events);
    }

    [Fact]
    public async Task What_is_queued_when_the_scheduler_ends_is_delivered()
    {
        Scene scene = await OpenAsync();
        for (int i = 0; i < 100; i++)
        {
            await scene.ScheduleAsync(TimeSpan.FromHours(1));
        }

        await scene.DisposeAsync();

        Assert.Equal(100, _observer.Events.Count(botEvent => botEvent.Kind == BotEventKind.Scheduled));
    }

    // Mutant: a full queue drops the newest event.
    [Fact]
    public async Task An_observer_too_far_behind_loses_the_oldest_events()
    {
        using var gate = new ManualResetEventSlim();
        using var entered = new SemaphoreSlim(0);
        _observer.Act = _ =>
        {
            entered.Release();
            gate.Wait();
            return Task.CompletedTask;
        };
        await using Scene scene = await OpenAsync(start: false);
        Bot first = await scene.ScheduleAsync(TimeSpan.FromHours(1));
        Assert.True(await entered.WaitAsync(TimeSpan.FromSeconds(30)), "the first event is being delivered");
        const int Beyond = 50;
        for (int i = 0; i <= ObserverPump.Capacity + Beyond; i += 100)
        {
            BotSnapshot row = first.ToSnapshot();
            await ObservedStoreOf(scene).InsertAsync([.. Enumerable.Range(0, 100).Select(_ => row with { Id = BotId.New(scene.Now) })], CancellationToken.None);
        }

        Bot last = await scene.ScheduleAsync(TimeSpan.FromHours(1));
        gate.Set();
        await _observer.UntilAsync(BotEventKind.Scheduled, last.Id);

        Assert.Equal(ObserverPump.Capacity + 1, _observer.Events.Count);
    }

    public void Dispose() => _observer.Dispose();

    private static IBotStore ObservedStoreOf(Scene scene) =>
        scene.Services.GetRequiredKeyedService<SchedulerTelemetry>("").Observe(scene.Store, inEngine: false);

    private Task<Scene> OpenAsync(params RecordingObserver[] others) => OpenAsync(true, others);

    private Task<Scene> OpenAsync(bool start, params RecordingObserver[] others) => Scene.OpenAsync(
        start: start,
        build: builder =>
        {
            builder.AddObserver(_observer);
            foreach (RecordingObserver other in others)
            {
                builder.AddObserver(other);
            }
        });
}
