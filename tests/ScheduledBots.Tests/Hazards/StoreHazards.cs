using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Tests.Hazards;

/// <summary>An error of the store means that nobody knows: nothing is done twice for it, and nothing is lost.</summary>
public sealed class StoreHazards
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    // The commits are: staged, joining, joined. Mutant: ReadBackAsync finds nothing written.
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

    // Mutant: _repeatSize stays (the others of its batch wait for ever). Mutant: new commits always wait for the pause.
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

    // Mutant: RepeatAsync forgets what it did not try.
    [Fact]
    public async Task Rows_that_are_refused_for_a_while_are_all_written_in_the_end()
    {
        await using HazardScene scene = await HazardScene.OpenAsync();
        scene.Store.Refuses = commit => commit.Next.Name == "refused";
        List<Bot> bots = [];
        for (int i = 0; i < 40; i++)
        {
            bots.Add(await scene.ScheduleAsync(TimeSpan.FromMinutes(5), i % 3 == 0 ? "refused" : "Notes"));
        }

        await HazardScene.EventuallyAsync(
            () =>
            {
                scene.Advance(Step / 10);
                return scene.Store.RefusalCount > 3 * 8;
            },
            "the rows to be refused alone");
        scene.Store.Refuses = _ => false;

        foreach (Bot bot in bots)
        {
            await scene.UntilAsync(bot, BotStatus.Joined, TimeSpan.FromSeconds(5));
        }

        Assert.Equal(bots.Count, scene.Host.Attempts.Count);
        await scene.NothingLeaksAsync();
    }

    // Mutant: the statements stay as small as the outage made them.
    [Fact]
    public async Task What_an_outage_kept_is_written_in_a_few_statements()
    {
        await using HazardScene scene = await HazardScene.OpenAsync();
        scene.Store.Refuses = _ => true;
        List<Bot> bots = [];
        for (int i = 0; i < 60; i++)
        {
            bots.Add(await scene.ScheduleAsync(TimeSpan.FromMinutes(5)));
        }

        await HazardScene.EventuallyAsync(
            () =>
            {
                scene.Advance(Step / 10);
                return scene.Store.RefusalCount > 3 * 8;
            },
            "the statements to be small");
        scene.Store.Refuses = _ => false;

        foreach (Bot bot in bots)
        {
            await scene.UntilAsync(bot, BotStatus.Staged, Step);
        }

        Assert.InRange(scene.Store.CommitCount, 1, 10);
    }

    // Mutant: one row is read back after the other.
    [Fact]
    public async Task What_lost_answers_left_is_read_back_by_one_call()
    {
        await using HazardScene scene = await HazardScene.OpenAsync();
        scene.Store.CommitFaults.Enqueue(StoreFault.WaitsAfter);
        scene.Store.CommitFaults.Enqueue(StoreFault.ThrowsAfter);
        List<Bot> bots = [await scene.ScheduleAsync(TimeSpan.FromMinutes(5))];
        await HazardScene.EventuallyAsync(() => scene.Store.CommitCount == 1, "the first statement");
        for (int i = 0; i < 20; i++)
        {
            bots.Add(await scene.ScheduleAsync(TimeSpan.FromMinutes(5)));
        }

        await HazardScene.EventuallyAsync(() => scene.Host.LiveCount == bots.Count, "the others to gather behind it");
        scene.Store.Answers.SetResult();
        await HazardScene.EventuallyAsync(
            () =>
            {
                scene.Advance(Step / 10);
                return scene.Store.MostRead == bots.Count - 1;
            },
            "the others to be read by one call");

        foreach (Bot bot in bots)
        {
            await scene.UntilAsync(bot, BotStatus.Staged, Step);
        }

        await scene.Engine.StopAsync();
        await scene.NothingLeaksAsync();
    }

    // Mutant: OnJoinEnded does not release what a dropped bot kept for its retry.
    [Fact]
    public async Task What_a_bot_keeps_for_its_retry_is_released_if_it_is_aborted_before_the_retry_is_answered()
    {
        await using HazardScene scene = await HazardScene.OpenAsync();
        scene.Host.Join = (_, _) => Task.FromResult(JoinResult.Retry(TimeSpan.FromMinutes(1), "the lobby is full"));
        scene.Store.CommitFaults.Enqueue(StoreFault.None);
        scene.Store.CommitFaults.Enqueue(StoreFault.WaitsAfter);
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));
        await scene.GoToJoinAsync(bot);
        await HazardScene.EventuallyAsync(
            async () => await scene.ReadAsync(bot.Id) is { Status: BotStatus.Staged, Attempt: 1, ArmedUntil: null }, "the retry to be written");

        await scene.Scheduler.AbortAsync(bot.Id);
        await HazardScene.EventuallyAsync(() => scene.Host.Attempts.Single().Superseded.IsCancellationRequested, "the engine to hear of it");
        scene.Store.Answers.SetResult();

        await scene.NothingLeaksAsync();
        Assert.Equal(FailureReason.Aborted, (await scene.ReadAsync(bot.Id)).LastFailure?.Reason);
    }

    // Mutant: RunAsync does not abandon what it keeps.
    [Fact]
    public async Task What_is_not_written_at_a_forced_stop_is_released_also_where_it_is_portable()
    {
        await using HazardScene scene = await HazardScene.OpenAsync();
        scene.Store.Refuses = _ => true;
        scene.Host.Allocate = (bot, fence, _) =>
        {
            scene.Host.Give(bot, fence);
            return Task.FromResult(new Allocation("browser", isPortable: true));
        };
        await scene.ScheduleAsync(TimeSpan.FromMinutes(2));
        await HazardScene.EventuallyAsync(() => scene.Store.RefusalCount > 0 && scene.Host.LiveCount == 1, "the row to be refused");

        await scene.Engine.StopAsync(new CancellationToken(true));

        await scene.NothingLeaksAsync();
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

        await scene.UntilAsync(bot, BotStatus.Joined, TimeSpan.FromSeconds(5));
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
