using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Hazards;

/// <summary>A joiner may do what it likes to one bot: that bot settles with the reason, and no other is late for it.</summary>
public sealed class JoinerHazards
{
    public static TheoryData<Misdeed> AllMisdeeds => [.. Enum.GetValues<Misdeed>()];

    // Mutant: HostCode.Begin does not restore the context. Mutant: HostCode.WordsOf does not catch.
    [Theory]
    [MemberData(nameof(AllMisdeeds))]
    public async Task The_bot_settles_with_its_reason_and_the_other_joins_on_time(Misdeed misdeed)
    {
        await using HazardScene scene = await HazardScene.OpenAsync(options => options.JoinTimeout = TimeSpan.FromSeconds(30));
        scene.Host.Join = (attempt, cancellationToken) => attempt.Bot.Name == "bad"
            ? misdeed.Do<JoinResult>(scene.Gate, cancellationToken)
            : Task.FromResult(JoinResult.Joined());
        Bot bad = await scene.ScheduleAsync(TimeSpan.FromMinutes(2), "bad");
        Bot good = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));

        await scene.GoToJoinAsync(bad, good);
        await scene.JoinsOnTimeAsync(good);
        var failed = (FailedBot)await scene.UntilAsync(bad, BotStatus.Failed, misdeed.Hangs() ? TimeSpan.FromSeconds(5) : TimeSpan.Zero);

        Assert.Equal(misdeed.Hangs() ? FailureReason.JoinTimedOut : FailureReason.JoinFailed, failed.Reason);
        Assert.NotEmpty(failed.LastFailure!.Detail!);
        Assert.Equal(bad.JoinAt, failed.StartedAt);
        await scene.NothingLeaksAsync();
    }

    [Fact]
    public async Task A_result_after_the_time_out_is_told_and_the_bot_stays_as_it_settled()
    {
        await using HazardScene scene = await HazardScene.OpenAsync(options => options.JoinTimeout = TimeSpan.FromSeconds(30));
        var late = new TaskCompletionSource<JoinResult>();
        scene.Host.Join = (_, _) => late.Task;
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));
        await scene.GoToJoinAsync(bot);
        Bot settled = await scene.UntilAsync(bot, BotStatus.Failed, TimeSpan.FromSeconds(1));

        late.SetResult(JoinResult.Joined());

        await HazardScene.EventuallyAsync(() => scene.Log.GetSnapshot().Any(line => line.Id.Id == 30), "the late result to be told");
        Assert.Equal(settled.ToSnapshot(), await scene.ReadAsync(bot.Id));
        await scene.NothingLeaksAsync();
    }

    [Fact]
    public async Task It_may_answer_on_a_thread_of_its_own()
    {
        await using HazardScene scene = await HazardScene.OpenAsync();
        scene.Host.Join = (attempt, _) =>
        {
            var answer = new TaskCompletionSource<JoinResult>();
            new Thread(() => answer.SetResult(scene.Host.Keep(attempt))).Start();
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
    public async Task It_may_call_the_scheduler_even_for_its_own_bot(bool blocking)
    {
        await using HazardScene scene = await HazardScene.OpenAsync();
        BotStateConflictException? refused = null;
        Bot? next = null;
        scene.Host.Join = async (attempt, _) =>
        {
            Task<BotStateConflictException> cancelling = Assert.ThrowsAsync<BotStateConflictException>(() => scene.Scheduler.CancelAsync(attempt.Bot.Id, cancellationToken: CancellationToken.None));
            Task<Bot> scheduling = scene.ScheduleAsync(TimeSpan.FromMinutes(5), "next");
            if (blocking)
            {
                Task.WaitAll(cancelling, scheduling);
            }

            refused = await cancelling;
            next = await scheduling;
            return scene.Host.Keep(attempt);
        };
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(2));

        await scene.GoToJoinAsync(bot);
        await scene.JoinsOnTimeAsync(bot);

        Assert.Equal(BotStatus.Joining, refused!.Actual);
        await scene.EventuallyAsync(next!, BotStatus.Staged);
    }
}
