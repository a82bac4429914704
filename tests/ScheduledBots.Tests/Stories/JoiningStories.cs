using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Stories;

public sealed class JoiningStories
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task A_bot_is_staged_ahead_and_joins_at_its_instant()
    {
        await using Scene scene = await Scene.OpenAsync();
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(10));

        Bot staged = await scene.UntilAsync(bot.Id, BotStatus.Staged, TimeSpan.FromSeconds(1));
        Assert.True(scene.Now >= bot.JoinAt - TimeSpan.FromMinutes(6), "not before lead and spread");
        Assert.Empty(scene.Host.Attempts);
        var joined = (JoinedBot)await scene.UntilAsync(bot.Id, BotStatus.Joined, Step);

        JoinAttempt attempt = Assert.Single(scene.Host.Attempts);
        Assert.True(attempt.StartedAt >= bot.JoinAt);
        Assert.Equal(1, attempt.Attempt);
        Assert.Equal(staged.Fence, attempt.Fence);
        Assert.True(joined.Lateness >= TimeSpan.Zero);
    }

    [Fact]
    public async Task An_ad_hoc_bot_joins_as_soon_as_it_is_ready()
    {
        await using Scene scene = await Scene.OpenAsync();

        Bot bot = await scene.ScheduleAsync(lead: null);
        Bot joined = await scene.UntilAsync(bot.Id, BotStatus.Joined, TimeSpan.FromMilliseconds(1));

        Assert.True(joined.IsAdHoc);
    }

    [Fact]
    public async Task What_was_scheduled_before_the_engine_started_runs_when_it_starts()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));

        await scene.Engine.StartAsync();

        await scene.UntilAsync(bot.Id, BotStatus.Joined, Step);
    }

    [Fact]
    public async Task Many_bots_of_one_instant_all_join_and_none_early()
    {
        await using Scene scene = await Scene.OpenAsync();
        DateTimeOffset joinAt = scene.Now + TimeSpan.FromMinutes(2);
        var bots = new List<Bot>();
        for (int i = 0; i < 200; i++)
        {
            bots.Add((await scene.Scheduler.ScheduleAsync(scene.Request(joinAt - scene.Now))).Bot);
        }

        foreach (Bot bot in bots)
        {
            await scene.UntilAsync(bot.Id, BotStatus.Joined, Step);
        }

        Assert.Equal(200, scene.Host.Attempts.Count);
        Assert.All(scene.Host.Attempts, attempt => Assert.True(attempt.StartedAt >= joinAt));
        Assert.Equal(0, scene.Host.LiveCount);
    }

    [Fact]
    public async Task An_allocation_that_fails_is_tried_again_under_a_larger_fence()
    {
        await using Scene scene = await Scene.OpenAsync();
        int calls = 0;
        scene.Host.Allocate = (_, _) => ++calls < 3
            ? throw new InvalidOperationException("no browser")
            : Task.FromResult(new Allocation("browser"));

        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));
        Bot joined = await scene.UntilAsync(bot.Id, BotStatus.Joined, Step);

        Assert.Equal(3, calls);
        Assert.True(joined.Fence.Value >= 3);
    }

    [Fact]
    public async Task A_bot_whose_allocation_never_succeeds_fails_as_missed_when_its_grace_ends()
    {
        await using Scene scene = await Scene.OpenAsync(options => options.MisfireGrace = TimeSpan.FromSeconds(20));
        scene.Host.Allocate = (_, _) => throw new InvalidOperationException("no browser");

        Bot bot = await scene.ScheduleAsync(TimeSpan.FromSeconds(30));
        var failed = (FailedBot)await scene.UntilAsync(bot.Id, BotStatus.Failed, Step);

        Assert.Equal(FailureReason.Missed, failed.Reason);
        Assert.Contains("no browser", failed.LastFailure!.Detail, StringComparison.Ordinal);
        Assert.Empty(scene.Host.Attempts);
    }

    [Fact]
    public async Task A_hanging_allocation_is_given_up_and_what_it_delivers_late_is_released()
    {
        await using Scene scene = await Scene.OpenAsync(options => options.AllocationTimeout = TimeSpan.FromSeconds(5));
        var late = new TaskCompletionSource<Allocation>(TaskCreationOptions.RunContinuationsAsynchronously);
        int calls = 0;
        scene.Host.Allocate = (_, _) => ++calls == 1 ? late.Task : Task.FromResult(new Allocation("second"));

        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));
        await scene.UntilAsync(bot.Id, BotStatus.Staged, Step);
        late.SetResult(new Allocation("first"));
        await scene.Host.ReleasedAsync();
        await scene.UntilAsync(bot.Id, BotStatus.Joined, Step);

        Assert.Equal(0, scene.Host.LiveCount);
    }

    [Fact]
    public async Task A_joiner_that_asks_for_a_retry_is_called_again_with_the_next_attempt_and_the_same_allocation()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Host.Join = (attempt, _) => Task.FromResult(attempt.Attempt < 3 ? JoinResult.Retry(TimeSpan.FromSeconds(2)) : JoinResult.Joined());

        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(1));
        await scene.UntilAsync(bot.Id, BotStatus.Joined, Step);

        Assert.Equal([1, 2, 3], scene.Host.Attempts.Select(attempt => attempt.Attempt));
        Assert.Equal(1, scene.Host.AllocationCount);
    }

    [Fact]
    public async Task A_joiner_that_throws_fails_its_bot_with_the_reason_and_the_allocation_is_released()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Host.Join = (_, _) => throw new InvalidOperationException("the lobby is closed");

        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(1));
        var failed = (FailedBot)await scene.UntilAsync(bot.Id, BotStatus.Failed, Step);
        await scene.Host.ReleasedAsync();

        Assert.Equal(FailureReason.JoinFailed, failed.Reason);
        Assert.Contains("the lobby is closed", failed.LastFailure!.Detail, StringComparison.Ordinal);
        Assert.Equal(0, scene.Host.LiveCount);
    }

    [Fact]
    public async Task A_joiner_that_hangs_is_given_up_at_the_join_time_out()
    {
        await using Scene scene = await Scene.OpenAsync(options => options.JoinTimeout = TimeSpan.FromSeconds(30));
        scene.Host.Join = (_, _) => new TaskCompletionSource<JoinResult>().Task;

        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(1));
        var failed = (FailedBot)await scene.UntilAsync(bot.Id, BotStatus.Failed, Step);

        Assert.Equal(FailureReason.JoinTimedOut, failed.Reason);
    }
}
