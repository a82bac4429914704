using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Hazards;

/// <summary>An allocator may do what it likes to one bot: that bot is tried again, and no other is late for it.</summary>
public sealed class AllocatorHazards
{
    public static TheoryData<Misdeed> AllMisdeeds => [.. Enum.GetValues<Misdeed>()];

    // Mutant: TryGiveUp runs the cancellation callbacks itself. Mutant: HostCall.Cancel does not catch.
    [Theory]
    [MemberData(nameof(AllMisdeeds))]
    public async Task The_bot_is_tried_again_and_both_join_on_time(Misdeed misdeed)
    {
        await using HazardScene scene = await HazardScene.OpenAsync(options => options.AllocationTimeout = TimeSpan.FromSeconds(5));
        int tries = 0;
        scene.Host.Allocate = (bot, fence, cancellationToken) => bot.Name == "bad" && Interlocked.Increment(ref tries) == 1
            ? misdeed.Do<Allocation>(scene.Gate, cancellationToken)
            : Task.FromResult(scene.Host.Give(bot, fence));
        Bot bad = await scene.ScheduleAsync(TimeSpan.FromMinutes(2), "bad");
        Bot good = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));

        await scene.GoToJoinAsync(bad, good);
        await scene.JoinsOnTimeAsync(bad);
        await scene.JoinsOnTimeAsync(good);

        Assert.Equal(2, tries);
        await scene.NothingLeaksAsync();
    }

    // Mutant: Failure keeps the host's words as they are.
    [Theory]
    [MemberData(nameof(AllMisdeeds))]
    public async Task One_that_never_does_better_fails_its_bot_as_missed_and_the_words_are_kept(Misdeed misdeed)
    {
        await using HazardScene scene = await HazardScene.OpenAsync(options =>
        {
            options.AllocationTimeout = TimeSpan.FromSeconds(5);
            options.MisfireGrace = TimeSpan.FromSeconds(20);
        });
        scene.Host.Allocate = (_, _, cancellationToken) => misdeed.Do<Allocation>(scene.Gate, cancellationToken);
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromSeconds(10));

        var failed = (FailedBot)await scene.UntilAsync(bot, BotStatus.Failed, TimeSpan.FromSeconds(2));

        Assert.Equal(FailureReason.Missed, failed.Reason);
        Assert.NotEmpty(failed.LastFailure!.Detail!);
        Assert.DoesNotContain(failed.LastFailure.Detail!, letter => letter == '\0' || char.IsSurrogate(letter));
        Assert.Empty(scene.Host.Attempts);
    }

    [Fact]
    public async Task What_it_delivers_from_within_its_cancellation_is_released_once()
    {
        await using HazardScene scene = await HazardScene.OpenAsync(options => options.AllocationTimeout = TimeSpan.FromSeconds(5));
        int tries = 0;
        scene.Host.Allocate = (bot, fence, cancellationToken) =>
        {
            var late = new TaskCompletionSource<Allocation>();
            cancellationToken.Register(() => late.SetResult(scene.Host.Give(bot, fence)));
            return Interlocked.Increment(ref tries) == 1 ? late.Task : Task.FromResult(scene.Host.Give(bot, fence));
        };
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));

        await scene.GoToJoinAsync(bot);
        await scene.JoinsOnTimeAsync(bot);

        await scene.NothingLeaksAsync();
        Assert.Contains(scene.Log.GetSnapshot(), line => line.Id.Id == 22);
    }

    [Fact]
    public async Task It_may_deliver_on_a_thread_of_its_own()
    {
        await using HazardScene scene = await HazardScene.OpenAsync();
        scene.Host.Allocate = (bot, fence, _) =>
        {
            var answer = new TaskCompletionSource<Allocation>();
            new Thread(() => answer.SetResult(scene.Host.Give(bot, fence))).Start();
            return answer.Task;
        };
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));

        await scene.GoToJoinAsync(bot);
        await scene.JoinsOnTimeAsync(bot);

        await scene.NothingLeaksAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_may_call_the_scheduler_even_to_cancel_its_own_bot(bool blocking)
    {
        await using HazardScene scene = await HazardScene.OpenAsync();
        scene.Host.Allocate = async (bot, fence, _) =>
        {
            Task cancelling = bot.Name == "cancelled" ? scene.Scheduler.CancelAsync(bot.Id, cancellationToken: CancellationToken.None) : scene.ScheduleAsync(TimeSpan.FromMinutes(5), "cancelled");
            if (blocking)
            {
                cancelling.Wait(CancellationToken.None);
            }

            await cancelling;
            return scene.Host.Give(bot, fence);
        };
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(5));

        await scene.EventuallyAsync(bot, BotStatus.Staged);
        await HazardScene.EventuallyAsync(
            async () => (await scene.Store.ListAsync(new() { Limit = 9 }, CancellationToken.None)).Any(other => other.Status == BotStatus.Cancelled),
            "the other bot to be cancelled");

        await HazardScene.EventuallyAsync(() => scene.Host.LiveCount == 1, "the allocation of the cancelled bot to be released");
        Assert.Empty(scene.Host.Wrongs);
    }
}
