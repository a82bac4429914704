using ScheduledBots.Execution;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Tests.Stories;

namespace ScheduledBots.Tests.Execution;

public sealed class StagingEstimateTests
{
    private static readonly TimeSpan Expected = TimeSpan.FromMinutes(2);

    // Mutant: Measured believes only what is more than EnoughCount.
    [Fact]
    public void Until_enough_was_measured_the_options_count()
    {
        var estimate = new StagingEstimate(Expected);
        for (int i = 1; i < StagingEstimate.EnoughCount; i++)
        {
            estimate.Measured(TimeSpan.FromSeconds(1));
        }

        TimeSpan before = estimate.Expected;
        estimate.Measured(TimeSpan.FromSeconds(1));

        Assert.Equal(Expected, before);
        Assert.Equal(TimeSpan.FromSeconds(1), estimate.Expected);
    }

    // Mutant: the percentile is 0.9. Mutant: the window is not wrapped but stays as it was first filled.
    [Fact]
    public void One_in_twenty_may_take_longer_and_what_is_long_ago_does_not_count()
    {
        var estimate = new StagingEstimate(Expected);
        for (int i = 0; i < 5 * StagingEstimate.WindowLength; i++)
        {
            estimate.Measured(TimeSpan.FromHours(1));
        }

        for (int i = 1; i <= StagingEstimate.WindowLength; i++)
        {
            estimate.Measured(TimeSpan.FromSeconds(i));
        }

        Assert.Equal(TimeSpan.FromSeconds(244), estimate.Expected); // 95 % of 256 are 243.2
    }

    [Fact]
    public void Threads_may_measure_and_ask_at_once()
    {
        var estimate = new StagingEstimate(Expected);

        Parallel.For(0, 20_000, i =>
        {
            estimate.Measured(TimeSpan.FromSeconds(1 + (i % 10)));
            Assert.InRange(estimate.Expected, TimeSpan.FromSeconds(1), Expected);
        });

        Assert.InRange(estimate.Expected, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_schedule_result_is_at_risk_by_what_staging_really_takes()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Host.Allocate = (bot, _) =>
        {
            scene.Time.Advance(TimeSpan.FromSeconds(7));
            return Task.FromResult(new Allocation("vm"));
        };
        ScheduleResult early = await scene.Scheduler.ScheduleAsync(scene.Request(TimeSpan.FromSeconds(30)));
        await scene.UntilAsync(early.Bot.Id, BotStatus.Staged, TimeSpan.FromMilliseconds(1));
        for (int i = 1; i < StagingEstimate.EnoughCount; i++)
        {
            Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(4));
            await scene.UntilAsync(bot.Id, BotStatus.Staged, TimeSpan.FromMilliseconds(1));
        }

        ScheduleResult onTime = await scene.Scheduler.ScheduleAsync(scene.Request(TimeSpan.FromSeconds(30)));
        ScheduleResult late = await scene.Scheduler.ScheduleAsync(scene.Request(TimeSpan.FromSeconds(3)));

        Assert.Equal(TimeSpan.FromSeconds(90), early.Lead.Shortfall);
        Assert.False(onTime.Lead.AtRisk);
        Assert.InRange(late.Lead.ExpectedStaging, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(15));
        Assert.Equal(late.Lead.ExpectedStaging - TimeSpan.FromSeconds(3), late.Lead.Shortfall);
    }
}
