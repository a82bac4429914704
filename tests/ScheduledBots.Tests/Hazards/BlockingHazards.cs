using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Hazards;

/// <summary>The host's code may block its thread: nobody is late while fewer than the allowed number do, and beyond it nobody is lost.</summary>
public sealed class BlockingHazards
{
    private const int MaxBlocked = 6;

    private static readonly int s_warmCount = Math.Max(2, Environment.ProcessorCount);

    // Mutant: the engine allows no blocked joiner.
    [Fact]
    public async Task Joiners_that_block_make_nobody_late()
    {
        await using HazardScene scene = await HazardScene.OpenAsync(options => options.MaxBlockedCalls = MaxBlocked);
        scene.Host.Join = (attempt, _) =>
        {
            if (attempt.Bot.Name == "blocks")
            {
                scene.Gate.Wait(CancellationToken.None);
            }

            return Task.FromResult(JoinResult.Joined());
        };
        List<Bot> blocking = [];
        for (int i = 0; i < MaxBlocked; i++)
        {
            blocking.Add(await scene.ScheduleAsync(TimeSpan.FromMinutes(2), "blocks"));
        }

        Bot good = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));

        await scene.GoToJoinAsync([.. blocking, good]);
        await scene.JoinsOnTimeAsync(good);

        Assert.All(scene.Host.Attempts, attempt => Assert.Equal(TimeSpan.Zero, attempt.Lateness));
    }

    [Fact]
    public async Task Allocators_and_releases_that_block_make_nobody_late()
    {
        await using HazardScene scene = await HazardScene.OpenAsync(options => options.MaxBlockedCalls = MaxBlocked);
        scene.Host.Allocate = (bot, fence, _) =>
        {
            if (bot.Name == "blocks")
            {
                scene.Gate.Wait(CancellationToken.None);
            }

            return Task.FromResult(scene.Host.Give(bot, fence));
        };
        scene.Host.Release = (_, _) =>
        {
            scene.Gate.Wait(CancellationToken.None);
            return Task.CompletedTask;
        };
        for (int i = 0; i < MaxBlocked - 1; i++)
        {
            await scene.ScheduleAsync(TimeSpan.FromMinutes(2), "blocks");
        }

        Bot aborted = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));
        await scene.EventuallyAsync(aborted, BotStatus.Staged);
        await scene.Scheduler.AbortAsync(aborted.Id);
        Bot good = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));

        await scene.GoToJoinAsync(good);

        await scene.JoinsOnTimeAsync(good);
    }

    // Mutant: JoiningStep registers a call only when it begins (the one that waits is never given up).
    [Fact]
    public async Task A_bot_that_finds_no_thread_before_its_time_out_fails_and_is_not_joined_later()
    {
        await using HazardScene scene = await HazardScene.OpenAsync(options =>
        {
            options.MaxBlockedCalls = 0;
            options.JoinTimeout = TimeSpan.FromSeconds(30);
        });
        scene.Host.Join = (_, _) =>
        {
            scene.Gate.Wait(CancellationToken.None);
            return Task.FromResult(JoinResult.Joined());
        };
        List<Bot> bots = [];
        for (int i = 0; i <= s_warmCount; i++)
        {
            bots.Add(await scene.ScheduleAsync(TimeSpan.FromMinutes(2)));
        }

        await scene.GoToJoinAsync(bots);
        await HazardScene.EventuallyAsync(() => scene.Host.Attempts.Count == s_warmCount, "every thread to be blocked");
        List<FailedBot> failed = [];
        foreach (Bot bot in bots)
        {
            failed.Add((FailedBot)await scene.UntilAsync(bot, BotStatus.Failed, TimeSpan.FromSeconds(1)));
        }

        Assert.Equal(s_warmCount, failed.Count(bot => bot.Reason == FailureReason.JoinTimedOut));
        Assert.Equal(1, failed.Count(bot => bot.Reason == FailureReason.Missed && bot.StartedAt is null));
        scene.Gate.Set();
        await HazardScene.EventuallyAsync(() => scene.Log.GetSnapshot().Count(line => line.Id.Id == 30) == s_warmCount, "the late results");
        Assert.Equal(s_warmCount, scene.Host.Attempts.Count);
        await HazardScene.EventuallyAsync(() => scene.Host.LiveCount == 0, "the allocations to be released");
    }
}
