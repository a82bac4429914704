using ScheduledBots.Lifecycle;
using ScheduledBots.Testing;

namespace ScheduledBots.Tests.Stories;

/// <summary>What callers change, in virtual time: to the tick, on one thread.</summary>
public sealed class ChangingStories
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_rescheduled_bot_joins_at_the_new_instant_only()
    {
        using var host = TestSchedulerHost.Start();
        Bot bot = host.Schedule(10 * Minute);

        Bot moved = host.Run(() => host.Scheduler.RescheduleAsync(bot.Id, bot.JoinAt + (15 * Minute)));
        host.RunUntil(bot.Id, BotStatus.Joined);

        Assert.Equal(bot.JoinAt + (15 * Minute), moved.JoinAt);
        Assert.Equal(moved.JoinAt, Assert.Single(host.Record.Joins).StartedAt);
    }

    [Fact]
    public void A_bot_rescheduled_nearer_is_staged_at_once()
    {
        using var host = TestSchedulerHost.Start();
        Bot bot = host.Schedule(TimeSpan.FromHours(8));
        DateTimeOffset movedAt = host.Now;

        host.Run(() => host.Scheduler.RescheduleAsync(bot.Id, host.Now + Minute));
        host.RunUntil(bot.Id, BotStatus.Joined);

        Assert.Equal(movedAt, Assert.Single(host.Record.Allocations).StartedAt);
        host.AssertAllJoinedOnTime();
    }

    [Fact]
    public void A_cancelled_bot_never_joins_and_stays_visible()
    {
        using var host = TestSchedulerHost.Start();
        Bot bot = host.Schedule(10 * Minute);

        Bot cancelled = host.Run(() => host.Scheduler.CancelAsync(bot.Id));
        host.RunFor(30 * Minute);

        Assert.IsType<CancelledBot>(cancelled);
        Assert.IsType<CancelledBot>(host.Run(() => host.Scheduler.FindAsync(bot.Id)));
        Assert.Empty(host.Record.Joins);
        Assert.Empty(host.Record.Allocations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cancelling_while_the_allocator_runs_stops_it_and_releases_what_it_delivers(bool listens)
    {
        using var host = TestSchedulerHost.Start();
        host.Allocator.Play(AllocationScript.Delivers(Minute) with { IgnoresCancellation = !listens });
        Bot bot = host.Schedule(2 * Minute);
        host.RunFor(TimeSpan.FromSeconds(1));

        host.Run(() => host.Scheduler.CancelAsync(bot.Id));
        host.RunFor(10 * Minute);

        RecordedAllocation call = Assert.Single(host.Record.Allocations);
        Assert.Equal(listens ? TimeSpan.FromSeconds(1) : Minute, call.EndedAt - call.StartedAt);
        Assert.Equal(listens ? null : call.EndedAt, call.ReleasedAt);
        Assert.IsType<CancelledBot>(host.Find(bot.Id));
    }

    [Fact]
    public void Rescheduling_a_staged_bot_is_refused_with_its_state_and_since_when()
    {
        using var host = TestSchedulerHost.Start();
        Bot bot = host.Schedule(2 * Minute);
        host.RunUntil(bot.Id, BotStatus.Staged);
        DateTimeOffset stagedAt = host.Now;
        host.RunFor(Minute);

        var refusal = Assert.Throws<BotStateConflictException>(
            () => host.Run(() => host.Scheduler.RescheduleAsync(bot.Id, host.Now + TimeSpan.FromHours(1))));

        Assert.Equal(BotStatus.Staged, refusal.Actual);
        Assert.Equal(BotStatus.Scheduled, refusal.Required);
        Assert.Equal(stagedAt, refusal.EnteredAt);
        Assert.Contains("only a Scheduled bot can be rescheduled", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<BotStateConflictException>(() => host.Run(() => host.Scheduler.CancelAsync(bot.Id)));
    }

    [Fact]
    public void Aborting_a_staged_bot_fails_it_and_releases_its_resources()
    {
        using var host = TestSchedulerHost.Start();
        Bot bot = host.Schedule(4 * Minute);
        host.RunUntil(bot.Id, BotStatus.Staged);

        var aborted = (FailedBot)host.Run(() => host.Scheduler.AbortAsync(bot.Id));
        host.RunFor(10 * Minute);

        Assert.Equal(FailureReason.Aborted, aborted.Reason);
        Assert.Equal(aborted.SettledAt, Assert.Single(host.Record.Allocations).ReleasedAt);
        Assert.Empty(host.Record.Joins);
    }

    [Fact]
    public void Stopping_the_engine_hands_back_what_is_not_about_to_join()
    {
        using var host = TestSchedulerHost.Start();
        Bot bot = host.Schedule(4 * Minute);
        host.RunUntil(bot.Id, BotStatus.Staged);

        host.Stop();

        Bot handedBack = host.Find(bot.Id);
        Assert.IsType<ScheduledBot>(handedBack);
        Assert.Null(handedBack.Owner);
        host.AssertNothingLeaked();
    }

    [Fact]
    public void A_repeated_request_finds_its_bot_and_a_different_one_is_a_conflict()
    {
        using var host = TestSchedulerHost.Start();
        BotRequest request = host.Request(TimeSpan.FromHours(1)) with { Id = null, DeduplicationKey = "standup" };

        ScheduleResult first = host.Run(() => host.Scheduler.ScheduleAsync(request));
        host.Run(() => host.Scheduler.RescheduleAsync(first.Bot.Id, host.Now + TimeSpan.FromHours(2)));
        ScheduleResult second = host.Run(() => host.Scheduler.ScheduleAsync(request));
        var conflict = Assert.Throws<DeduplicationConflictException>(
            () => host.Run(() => host.Scheduler.ScheduleAsync(request with { Name = "Other" })));

        Assert.True(first.Created);
        Assert.False(second.Created);
        Assert.Equal(first.Bot.Id, second.Bot.Id);
        Assert.Equal(first.Bot.Id, conflict.ExistingId);
    }
}
