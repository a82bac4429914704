using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Tests.Hazards;

/// <summary>An error of the store means that nobody knows: nothing is done twice for it, and nothing is lost.</summary>
public sealed class StoreHazards
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    // The commits are: staged, joining, joined. Mutant: TryReadBackAsync finds nothing written.
    [Theory]
    [InlineData(StoreFault.ThrowsBefore, 0)]
    [InlineData(StoreFault.ThrowsBefore, 1)]
    [InlineData(StoreFault.ThrowsBefore, 2)]
    [InlineData(StoreFault.ThrowsAfter, 0)]
    [InlineData(StoreFault.ThrowsAfter, 1)]
    [InlineData(StoreFault.ThrowsAfter, 2)]
    public async Task A_commit_that_fails_is_repeated_and_its_bot_joins_once(StoreFault fault, int before)
    {
        await using HazardScene scene = await HazardScene.OpenAsync();
        var joining = new TaskCompletionSource();
        scene.Host.Join = async (attempt, _) =>
        {
            await joining.Task;
            return scene.Host.Keep(attempt);
        };
        for (int i = 0; i < before; i++)
        {
            scene.Store.CommitFaults.Enqueue(StoreFault.None);
        }

        scene.Store.CommitFaults.Enqueue(fault);
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));

        await scene.UntilAsync(bot, BotStatus.Joining, Step);
        joining.SetResult();
        await scene.UntilAsync(bot, BotStatus.Joined, Step);

        Assert.Single(scene.Host.Attempts);
        Assert.Equal(
            [BotStatus.Staged, BotStatus.Joining, BotStatus.Joined],
            (await scene.Store.HistoryAsync(bot.Id, CancellationToken.None)).Select(line => line.To));
        await scene.NothingLeaksAsync();
    }

    // Mutant: _repeatSize stays (the others of its batch wait for ever).
    [Fact]
    public async Task A_row_that_the_store_refuses_stops_nobody()
    {
        await using HazardScene scene = await HazardScene.OpenAsync();
        scene.Store.Refuses = commit => commit.Next.Name == "refused";
        await scene.ScheduleAsync(TimeSpan.FromMinutes(2), "refused");
        List<Bot> others = [];
        for (int i = 0; i < 30; i++)
        {
            others.Add(await scene.ScheduleAsync(TimeSpan.FromMinutes(2)));
        }

        await scene.GoToJoinAsync(others);
        foreach (Bot other in others)
        {
            await scene.JoinsOnTimeAsync(other);
        }

        Assert.True(scene.Store.RefusalCount > 1);
    }

    [Fact]
    public async Task A_row_that_is_written_after_all_goes_on()
    {
        await using HazardScene scene = await HazardScene.OpenAsync();
        scene.Store.Refuses = commit => commit.Next.Name == "refused";
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(5), "refused");
        await HazardScene.EventuallyAsync(
            () =>
            {
                scene.Advance(Step);
                return scene.Store.RefusalCount > 3;
            },
            "the row to be refused");

        scene.Store.Refuses = _ => false;

        await scene.UntilAsync(bot, BotStatus.Joined, Step);
        await scene.NothingLeaksAsync();
    }

    [Fact]
    public async Task A_claim_or_an_arming_that_was_not_applied_is_repeated()
    {
        await using HazardScene scene = await HazardScene.OpenAsync();
        scene.Store.ClaimFaults.Enqueue(StoreFault.ThrowsBefore);
        scene.Store.ArmFaults.Enqueue(StoreFault.ThrowsBefore);

        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));

        await scene.UntilAsync(bot, BotStatus.Joined, Step);
        await scene.NothingLeaksAsync();
    }
}
