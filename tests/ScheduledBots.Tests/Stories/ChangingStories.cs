using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Stories;

public sealed class ChangingStories
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task A_rescheduled_bot_joins_at_the_new_instant_only()
    {
        await using Scene scene = await Scene.OpenAsync();
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(10));

        Bot moved = await scene.Scheduler.RescheduleAsync(bot.Id, bot.JoinAt + TimeSpan.FromMinutes(15));
        await scene.UntilAsync(bot.Id, BotStatus.Joined, TimeSpan.FromSeconds(1));

        Assert.Equal(bot.JoinAt + TimeSpan.FromMinutes(15), moved.JoinAt);
        Assert.True(Assert.Single(scene.Host.Attempts).StartedAt >= moved.JoinAt);
    }

    [Fact]
    public async Task A_bot_rescheduled_nearer_is_staged_at_once()
    {
        await using Scene scene = await Scene.OpenAsync();
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromHours(8));

        await scene.Scheduler.RescheduleAsync(bot.Id, scene.Now + TimeSpan.FromMinutes(1));
        await scene.UntilAsync(bot.Id, BotStatus.Joined, Step);

        Assert.True(scene.Now < Scene.Start + TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_cancelled_bot_never_joins_and_stays_visible()
    {
        await using Scene scene = await Scene.OpenAsync();
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(10));

        Bot cancelled = await scene.Scheduler.CancelAsync(bot.Id);
        for (int i = 0; i < 30; i++)
        {
            scene.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.IsType<CancelledBot>(cancelled);
        Assert.IsType<CancelledBot>(await scene.Scheduler.FindAsync(bot.Id));
        Assert.Empty(scene.Host.Attempts);
        Assert.Equal(0, scene.Host.AllocationCount);
    }

    [Fact]
    public async Task Cancelling_while_the_allocator_runs_stops_it_and_releases_what_it_delivers()
    {
        await using Scene scene = await Scene.OpenAsync();
        var slow = new TaskCompletionSource<Allocation>(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Host.Allocate = (_, cancellation) =>
        {
            cancellation.Register(() => slow.TrySetResult(new Allocation("late")));
            return slow.Task;
        };
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));
        await scene.Host.AllocatingAsync();

        await scene.Scheduler.CancelAsync(bot.Id);
        await scene.Host.ReleasedAsync();

        Assert.Equal(0, scene.Host.LiveCount);
        Assert.IsType<CancelledBot>(await scene.Scheduler.FindAsync(bot.Id));
    }

    [Fact]
    public async Task Rescheduling_a_staged_bot_is_refused_with_its_state_and_since_when()
    {
        await using Scene scene = await Scene.OpenAsync();
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));
        await scene.UntilAsync(bot.Id, BotStatus.Staged, TimeSpan.FromMilliseconds(1));

        var refusal = await Assert.ThrowsAsync<BotStateConflictException>(
            () => scene.Scheduler.RescheduleAsync(bot.Id, scene.Now + TimeSpan.FromHours(1)));

        Assert.Equal(BotStatus.Staged, refusal.Actual);
        Assert.Equal(BotStatus.Scheduled, refusal.Required);
        Assert.NotNull(refusal.EnteredAt);
        Assert.Contains("only a Scheduled bot can be rescheduled", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BotStateConflictException>(() => scene.Scheduler.CancelAsync(bot.Id));
    }

    [Fact]
    public async Task Aborting_a_staged_bot_fails_it_and_releases_its_resources()
    {
        await using Scene scene = await Scene.OpenAsync();
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(4));
        await scene.UntilAsync(bot.Id, BotStatus.Staged, TimeSpan.FromMilliseconds(1));

        var aborted = (FailedBot)await scene.Scheduler.AbortAsync(bot.Id);
        await scene.Host.ReleasedAsync();

        Assert.Equal(FailureReason.Aborted, aborted.Reason);
        Assert.Equal(0, scene.Host.LiveCount);
        Assert.Empty(scene.Host.Attempts);
    }

    [Fact]
    public async Task Stopping_the_engine_hands_back_what_is_not_about_to_join()
    {
        await using Scene scene = await Scene.OpenAsync();
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(4));
        await scene.UntilAsync(bot.Id, BotStatus.Staged, TimeSpan.FromMilliseconds(1));

        await scene.Engine.StopAsync();

        Bot handedBack = (await scene.Scheduler.FindAsync(bot.Id))!;
        Assert.IsType<ScheduledBot>(handedBack);
        Assert.Null(handedBack.Owner);
        Assert.Equal(0, scene.Host.LiveCount);
    }

    [Fact]
    public async Task A_repeated_request_finds_its_bot_and_a_different_one_is_a_conflict()
    {
        await using Scene scene = await Scene.OpenAsync();
        BotRequest request = scene.Request(TimeSpan.FromHours(1)) with { DeduplicationKey = "standup" };

        ScheduleResult first = await scene.Scheduler.ScheduleAsync(request);
        await scene.Scheduler.RescheduleAsync(first.Bot.Id, scene.Now + TimeSpan.FromHours(2));
        ScheduleResult second = await scene.Scheduler.ScheduleAsync(request);
        var conflict = await Assert.ThrowsAsync<DeduplicationConflictException>(
            () => scene.Scheduler.ScheduleAsync(request with { Name = "Other" }));

        Assert.True(first.Created);
        Assert.False(second.Created);
        Assert.Equal(first.Bot.Id, second.Bot.Id);
        Assert.Equal(first.Bot.Id, conflict.ExistingId);
    }
}
