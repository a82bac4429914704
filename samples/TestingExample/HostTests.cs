using ScheduledBots;
using ScheduledBots.Lifecycle;
using ScheduledBots.Testing;
using Xunit;

namespace TestingExample;

public sealed class HostTests
{
    [Fact]
    public void A_bot_is_moved_and_joins_at_the_new_instant_only()
    {
        using var host = TestSchedulerHost.Start();
        Bot bot = host.Schedule(TimeSpan.FromHours(1));

        host.Run(() => host.Scheduler.RescheduleAsync(bot.Id, host.Now.AddHours(2)));
        host.RunUntil(bot.Id, BotStatus.Joined);

        Assert.Equal(bot.JoinAt.AddHours(1), Assert.Single(host.Record.Joins).StartedAt);
    }

    [Fact]
    public void A_lobby_that_opens_late_is_tried_again()
    {
        using var host = TestSchedulerHost.Start();
        host.Allocator.Play(AllocationScript.Throws(), AllocationScript.Delivers(TimeSpan.FromSeconds(40)));
        host.Joiner.Play(JoinScript.Retries(TimeSpan.FromSeconds(20)), JoinScript.Joins(TimeSpan.FromSeconds(3)));

        Bot bot = host.Schedule(TimeSpan.FromMinutes(30));
        host.RunUntil(bot.Id, BotStatus.Joined);

        Assert.Equal([1, 2], host.Record.Joins.Select(call => call.Attempt.Attempt));
        host.AssertNothingLeaked();
    }

    [Fact]
    public void A_database_that_is_down_at_the_instant_makes_no_bot_late()
    {
        using var host = TestSchedulerHost.Start();
        Bot bot = host.Schedule(TimeSpan.FromMinutes(30));
        host.RunUntil(bot.JoinAt.AddSeconds(-5));

        host.Store.IsOut = true;
        host.RunFor(TimeSpan.FromMinutes(1));
        host.Store.IsOut = false;
        host.RunFor(TimeSpan.FromMinutes(1));

        host.AssertAllJoinedOnTime();
    }
}
