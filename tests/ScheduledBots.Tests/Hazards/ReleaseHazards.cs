using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Hazards;

/// <summary>A release may do what it likes: it is told once, it holds nobody up, and a drain waits no longer than its time-out.</summary>
public sealed class ReleaseHazards
{
    public static TheoryData<Misdeed> AllMisdeeds => [.. Enum.GetValues<Misdeed>().Where(misdeed => misdeed != Misdeed.ReturnsNull)];

    // Mutant: the timer of a release never fires.
    [Theory]
    [MemberData(nameof(AllMisdeeds))]
    public async Task It_is_told_and_the_drain_ends(Misdeed misdeed)
    {
        await using HazardScene scene = await HazardScene.OpenAsync(options => options.AllocationTimeout = TimeSpan.FromSeconds(5));
        scene.Host.Release = (_, cancellationToken) => misdeed.Do<object>(scene.Gate, cancellationToken);
        scene.Host.Join = (attempt, _) => Task.FromResult(attempt.Bot.Name == "bad" ? JoinResult.Failed("closed") : JoinResult.Joined());
        Bot bad = await scene.ScheduleAsync(TimeSpan.FromMinutes(2), "bad");
        Bot good = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));
        await scene.GoToJoinAsync(bad, good);
        await scene.JoinsOnTimeAsync(good);
        await scene.EventuallyAsync(bad, BotStatus.Failed);
        await scene.NothingLeaksAsync();

        Task draining = scene.Engine.StopAsync();
        await HazardScene.EventuallyAsync(
            () =>
            {
                scene.Advance(TimeSpan.FromSeconds(1));
                return draining.IsCompleted;
            },
            "the drain to end");

        Assert.Single(scene.Log.GetSnapshot(), line => line.Id.Id == 23);
    }

    // Mutant: CommitAsync throws once the queue is closed. Mutant: ReleaseUnused is not called.
    // Mutant: a closed WorkerThreads takes work but starts no thread for it.
    [Fact]
    public async Task What_comes_after_a_forced_stop_is_released_all_the_same()
    {
        await using HazardScene scene = await HazardScene.OpenAsync();
        var late = new TaskCompletionSource();
        scene.Host.Allocate = async (bot, fence, _) =>
        {
            await (bot.Name == "late" ? late.Task : Task.CompletedTask);
            return scene.Host.Give(bot, fence);
        };
        Bot staged = await scene.ScheduleAsync(TimeSpan.FromSeconds(5));
        Bot staging = await scene.ScheduleAsync(TimeSpan.FromSeconds(6), "late");
        await scene.EventuallyAsync(staged, BotStatus.Staged);
        Assert.Equal(BotStatus.Scheduled, (await scene.ReadAsync(staging.Id)).Status);

        await scene.Engine.StopAsync(new CancellationToken(true));
        await HazardScene.EventuallyAsync(() => scene.Host.LiveCount == 0, "what nobody will use to be released");
        await scene.Engine.DisposeAsync();
        late.SetResult();

        await HazardScene.EventuallyAsync(() => scene.Log.GetSnapshot().Any(line => line.Id.Id == 21), "the late allocation to be refused");
        await scene.NothingLeaksAsync();
    }
}
