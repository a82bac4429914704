using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Testing;

namespace ScheduledBots.Tests.Stories;

/// <summary>What the mission says, in virtual time: to the tick, on one thread.</summary>
public sealed class JoiningStories
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // Mutant: AwaitStaging plans for JoinAt itself.
    [Fact]
    public void A_bot_is_staged_ahead_and_joins_at_its_instant()
    {
        using TestSchedulerHost host = Open();
        Bot bot = host.Schedule(10 * Minute);

        Bot staged = host.RunUntil(bot.Id, BotStatus.Staged);
        Assert.InRange(host.Now, bot.JoinAt - (6 * Minute), bot.JoinAt - (5 * Minute));
        Assert.Empty(host.Record.Joins);
        var joined = (JoinedBot)host.RunUntil(bot.Id, BotStatus.Joined);

        RecordedJoin call = Assert.Single(host.Record.Joins);
        Assert.Equal(bot.JoinAt, call.StartedAt);
        Assert.Equal((1, staged.Fence), (call.Attempt.Attempt, call.Attempt.Fence));
        Assert.Equal(TimeSpan.Zero, joined.Lateness);
    }

    [Fact]
    public void An_ad_hoc_bot_joins_as_soon_as_it_is_ready()
    {
        using TestSchedulerHost host = Open();
        host.Allocator.Play(AllocationScript.Delivers(20 * Second));

        Bot bot = host.Schedule(lead: null);
        Bot joined = host.RunUntil(bot.Id, BotStatus.Joined);

        Assert.True(joined.IsAdHoc);
        Assert.Equal(bot.CreatedAt + (20 * Second), Assert.Single(host.Record.Joins).StartedAt);
    }

    [Fact]
    public void What_was_scheduled_before_the_engine_started_runs_when_it_starts()
    {
        using var host = TestSchedulerHost.Start(new TestSchedulerSetup { StartsEngine = false });
        Bot bot = host.Schedule(2 * Minute);

        host.Run(() => host.Engine.StartAsync());
        host.RunUntil(bot.Id, BotStatus.Joined);

        host.AssertAllJoinedOnTime();
    }

    [Fact]
    public void Many_bots_of_one_instant_all_join_at_it()
    {
        using TestSchedulerHost host = Open();
        for (int i = 0; i < 200; i++)
        {
            host.Schedule(2 * Minute);
        }

        host.RunFor(2 * Minute);

        Assert.Equal(200, host.Record.Joins.Count);
        host.AssertAllJoinedOnTime();
        host.AssertPromisesKept();
    }

    [Fact]
    public void An_allocation_that_fails_is_tried_again_under_a_larger_fence()
    {
        using TestSchedulerHost host = Open();
        host.Allocator.Play(AllocationScript.Throws(), AllocationScript.Throws(), AllocationScript.Delivers());

        Bot bot = host.Schedule(2 * Minute);
        host.RunUntil(bot.Id, BotStatus.Joined);

        Fence[] fences = [.. host.Record.Allocations.Select(call => call.Fence)];
        Assert.Equal(3, fences.Length);
        Assert.Equal(fences.Order().Distinct(), fences);
    }

    [Fact]
    public void A_bot_whose_allocation_never_succeeds_fails_as_missed_when_its_grace_ends()
    {
        using TestSchedulerHost host = Open(options => options.MisfireGrace = 20 * Second);
        host.Allocator.Play(AllocationScript.Throws() with { Reason = "no browser" });

        Bot bot = host.Schedule(30 * Second);
        var failed = (FailedBot)host.RunUntil(bot.Id, BotStatus.Failed);

        Assert.Equal(FailureReason.Missed, failed.Reason);
        Assert.Contains("no browser", failed.LastFailure!.Detail, StringComparison.Ordinal);
        Assert.InRange(failed.SettledAt, bot.JoinAt + (20 * Second), bot.JoinAt + (21 * Second));
        Assert.Empty(host.Record.Joins);
    }

    [Fact]
    public void A_hanging_allocation_is_given_up_and_what_it_delivers_late_is_released()
    {
        using TestSchedulerHost host = Open(options => options.AllocationTimeout = 5 * Second);
        host.Allocator.Play(AllocationScript.Delivers(Minute) with { IgnoresCancellation = true }, AllocationScript.Delivers());

        Bot bot = host.Schedule(2 * Minute);
        host.RunUntil(bot.Id, BotStatus.Joined);

        Assert.Equal(2, host.Record.Allocations.Count);
        Assert.Equal(host.Record.Allocations[0].EndedAt, host.Record.Allocations[0].ReleasedAt);
        host.AssertNothingLeaked();
    }

    [Fact]
    public void A_joiner_that_asks_for_a_retry_is_called_again_with_the_next_attempt_and_the_same_allocation()
    {
        using TestSchedulerHost host = Open();
        host.Joiner.Play(JoinScript.Retries(2 * Second), JoinScript.Retries(2 * Second), JoinScript.Joins());

        Bot bot = host.Schedule(Minute);
        host.RunUntil(bot.Id, BotStatus.Joined);

        Assert.Equal([1, 2, 3], host.Record.Joins.Select(call => call.Attempt.Attempt));
        Assert.All(host.Record.Joins.Zip(host.Record.Joins.Skip(1)), pair => Assert.True(pair.Second.StartedAt - pair.First.StartedAt >= 2 * Second));
        Assert.Single(host.Record.Allocations);
    }

    [Fact]
    public void A_joiner_that_throws_fails_its_bot_with_the_reason_and_the_allocation_is_released()
    {
        using TestSchedulerHost host = Open();
        host.Joiner.Play(JoinScript.Throws() with { Reason = "the lobby is closed" });

        Bot bot = host.Schedule(Minute);
        var failed = (FailedBot)host.RunUntil(bot.Id, BotStatus.Failed);
        host.RunFor(TimeSpan.Zero);

        Assert.Equal(FailureReason.JoinFailed, failed.Reason);
        Assert.Contains("the lobby is closed", failed.LastFailure!.Detail, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(host.Record.Allocations).ReleasedAt);
    }

    [Fact]
    public void A_joiner_that_hangs_is_given_up_at_the_join_time_out()
    {
        using TestSchedulerHost host = Open(options => options.JoinTimeout = 30 * Second);
        host.Joiner.Play(JoinScript.Hangs());

        Bot bot = host.Schedule(Minute);
        var failed = (FailedBot)host.RunUntil(bot.Id, BotStatus.Failed);

        Assert.Equal(FailureReason.JoinTimedOut, failed.Reason);
        Assert.Equal(bot.JoinAt + (30 * Second), failed.SettledAt);
    }

    private static TestSchedulerHost Open(Action<ScheduledBotsOptions>? options = null) =>
        TestSchedulerHost.Start(new TestSchedulerSetup { Options = options });
}
