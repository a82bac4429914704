using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.Face;

public sealed class ExplainTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_bot_whose_time_has_not_come_says_when_its_staging_begins()
    {
        await using Scene scene = await Scene.OpenAsync();
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromHours(1));

        BotExplanation why = await scene.Scheduler.ExplainAsync(bot.Id);

        Assert.Equal((ExplanationReason.TooEarly, BotStatus.Scheduled, bot.JoinAt), (why.Reason, why.Status, why.JoinAt));
        Assert.InRange(why.StagingAt, bot.JoinAt - TimeSpan.FromMinutes(6), bot.JoinAt - TimeSpan.FromMinutes(5));
        Assert.Equal(why.StagingAt, why.EndsAt);
        Assert.Contains($"{why.StagingAt:O}", why.Sentence, StringComparison.Ordinal);

        scene.Time.Advance(why.StagingAt - scene.Now - TimeSpan.FromMicroseconds(1));
        Assert.Equal(ExplanationReason.TooEarly, (await scene.Scheduler.ExplainAsync(bot.Id)).Reason);
        scene.Time.Advance(TimeSpan.FromMilliseconds(2)); // the timers of a fake clock come in whole milliseconds
        await UntilAsync(scene, bot.Id, ExplanationReason.Staged);
    }

    [Fact]
    public async Task Of_two_bots_and_one_slot_one_is_allocating_and_the_other_waits_for_capacity()
    {
        await using Scene scene = await Scene.OpenAsync(options => options.MaxConcurrentAllocations = 1);
        var slow = new TaskCompletionSource<Allocation>(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Host.Allocate = (_, _) => slow.Task;

        Bot first = await scene.ScheduleAsync(TimeSpan.FromMinutes(2)), second = await scene.ScheduleAsync(TimeSpan.FromMinutes(3));
        await UntilAsync(scene, first.Id, ExplanationReason.Allocating);
        BotExplanation why = await UntilAsync(scene, second.Id, ExplanationReason.WaitingForCapacity);

        Assert.Contains("one of 1 concurrent allocations", why.Sentence, StringComparison.Ordinal);
        slow.SetResult(new Allocation("vm"));
        await UntilAsync(scene, first.Id, ExplanationReason.Staged);
    }

    // Mutant: BackOff says LastFailure.Detail.
    [Fact]
    public async Task A_bot_in_back_off_says_until_when_and_why_but_not_in_the_hosts_words()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Host.Allocate = (_, _) => throw new InvalidOperationException("secret words");

        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));
        BotExplanation why = await UntilAsync(scene, bot.Id, ExplanationReason.BackOff);

        Assert.Equal(FailureReason.StagingFailed, why.LastFailure);
        Assert.True(why.EndsAt > scene.Now);
        Assert.Contains("StagingFailed", why.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", why.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_staged_bot_is_armed_then_joining_then_settled()
    {
        await using Scene scene = await Scene.OpenAsync();
        var slow = new TaskCompletionSource<JoinResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Host.Join = (_, _) => slow.Task;
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));

        BotExplanation staged = await UntilAsync(scene, bot.Id, ExplanationReason.Staged);
        scene.Time.Advance(bot.JoinAt - TimeSpan.FromSeconds(10) - scene.Now);
        BotExplanation armed = await UntilAsync(scene, bot.Id, ExplanationReason.Armed);
        scene.Time.Advance(bot.JoinAt - scene.Now);
        BotExplanation joining = await UntilAsync(scene, bot.Id, ExplanationReason.Joining);
        slow.SetResult(JoinResult.Failed("secret words"));
        BotExplanation settled = await UntilAsync(scene, bot.Id, ExplanationReason.Settled);

        Assert.Equal(bot.JoinAt - TimeSpan.FromSeconds(10), staged.EndsAt);
        Assert.Equal(bot.JoinAt, armed.EndsAt);
        Assert.Equal((BotStatus.Joining, null), (joining.Status, joining.EndsAt));
        Assert.Equal((BotStatus.Failed, FailureReason.JoinFailed), (settled.Status, settled.LastFailure));
        Assert.DoesNotContain("secret", settled.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_due_bots_and_one_slot_one_joins_and_the_other_waits_for_capacity()
    {
        await using Scene scene = await Scene.OpenAsync(options => options.MaxConcurrentJoins = 1);
        var slow = new TaskCompletionSource<JoinResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Host.Join = (_, _) => slow.Task;
        Bot first = await scene.ScheduleAsync(TimeSpan.FromSeconds(5)), second = await scene.ScheduleAsync(TimeSpan.FromSeconds(6));
        await UntilAsync(scene, first.Id, ExplanationReason.Armed);
        await UntilAsync(scene, second.Id, ExplanationReason.Armed);

        scene.Time.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(scene, first.Id, ExplanationReason.Joining);
        scene.Time.Advance(TimeSpan.FromSeconds(2));
        BotExplanation why = await UntilAsync(scene, second.Id, ExplanationReason.WaitingForCapacity);

        Assert.Equal(BotStatus.Joining, why.Status);
        Assert.Contains("concurrent joins", why.Sentence, StringComparison.Ordinal);
        slow.SetResult(JoinResult.Joined());
    }

    [Fact]
    public async Task Without_an_engine_that_is_the_reason_before_the_start_and_after_the_stop()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromHours(1));

        BotExplanation before = await scene.Scheduler.ExplainAsync(bot.Id);
        await scene.Engine.StartAsync();
        BotExplanation running = await scene.Scheduler.ExplainAsync(bot.Id);
        await scene.Engine.StopAsync();
        BotExplanation after = await scene.Scheduler.ExplainAsync(bot.Id);

        Assert.Equal(
            [ExplanationReason.NoEngine, ExplanationReason.TooEarly, ExplanationReason.NoEngine], [before.Reason, running.Reason, after.Reason]);
        Assert.Contains("start an engine", before.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_of_another_node_says_so_and_what_its_row_tells()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(1));

        BotSnapshot claimed = await Rows.ClaimAsync(scene.Store, bot.Id, scene.Now);
        BotExplanation working = await scene.Scheduler.ExplainAsync(bot.Id);
        await Rows.CommitAsync(scene.Store, claimed, ((ScheduledBot)Bot.FromSnapshot(claimed)).BeginStaging());
        BotExplanation allocating = await scene.Scheduler.ExplainAsync(bot.Id);
        await Rows.CommitAsync(scene.Store, claimed, ((ScheduledBot)Bot.FromSnapshot(claimed)).BeginStaging().Stage(new ResourceHandle("vm", false)));
        BotExplanation staged = await scene.Scheduler.ExplainAsync(bot.Id);

        Assert.Equal(ExplanationReason.AtAnotherNode, working.Reason);
        Assert.Contains(Rows.Node.ToString(), working.Sentence, StringComparison.Ordinal);
        Assert.Equal((ExplanationReason.Allocating, ExplanationReason.Staged), (allocating.Reason, staged.Reason));
    }

    [Fact]
    public async Task A_bot_that_does_not_exist_cannot_be_explained()
    {
        await using Scene scene = await Scene.OpenAsync(start: false);

        await Assert.ThrowsAsync<BotNotFoundException>(() => scene.Scheduler.ExplainAsync(default));
    }

    /// <summary>Asks until the engine's threads have come so far; the fake time stands still but for hand-overs.</summary>
    private static async Task<BotExplanation> UntilAsync(Scene scene, BotId id, ExplanationReason reason)
    {
        BotExplanation why = null!;
        for (int i = 0; i < 2_000; i++)
        {
            why = await scene.Scheduler.ExplainAsync(id);
            if (why.Reason == reason)
            {
                return why;
            }

            await Task.Delay(Moment);
        }

        throw new TimeoutException($"waited for {reason}, but: {why.Sentence}");
    }
}
