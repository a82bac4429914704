using ScheduledBots.Lifecycle;

namespace ScheduledBots.Testing.Tests;

public sealed class ScriptTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Each_joiner_script_comes_to_its_end()
    {
        Assert.Equal((BotStatus.Joined, null, 1), Joined(JoinScript.Joins()));
        Assert.Equal((BotStatus.Joined, null, 1), Joined(JoinScript.Joins(30 * Second)));
        Assert.Equal((BotStatus.Failed, FailureReason.JoinFailed, 1), Joined(JoinScript.Fails()));
        Assert.Equal((BotStatus.Failed, FailureReason.JoinFailed, 1), Joined(JoinScript.Throws()));
        Assert.Equal((BotStatus.Failed, FailureReason.JoinFailed, 1), Joined(JoinScript.Throws(Second)));
        Assert.Equal((BotStatus.Failed, FailureReason.JoinTimedOut, 1), Joined(JoinScript.Hangs()));
        Assert.Equal((BotStatus.Failed, FailureReason.JoinTimedOut, 1), Joined(JoinScript.Joins(7200 * Second) with { IgnoresCancellation = true }));
        Assert.Equal((BotStatus.Joined, null, 2), Joined(JoinScript.Retries(Second), JoinScript.Joins()));
        Assert.Equal((BotStatus.Failed, FailureReason.JoinFailed, 3), Joined(JoinScript.Retries(Second)));
    }

    [Fact]
    public void Each_allocator_script_comes_to_its_end()
    {
        Assert.Equal((BotStatus.Joined, null), Staged(AllocationScript.Delivers(30 * Second)));
        Assert.Equal((BotStatus.Joined, null), Staged(AllocationScript.Throws(), AllocationScript.ReturnsNothing(), AllocationScript.Delivers()));
        Assert.Equal((BotStatus.Joined, null), Staged(AllocationScript.Hangs(), AllocationScript.Delivers()));
        Assert.Equal((BotStatus.Joined, null), Staged(AllocationScript.Delivers(600 * Second) with { IgnoresCancellation = true }, AllocationScript.Delivers()));
        Assert.Equal((BotStatus.Failed, FailureReason.Missed), Staged(AllocationScript.Throws(Second)));
    }

    [Fact]
    public void A_release_that_throws_is_written_down_as_made()
    {
        using var host = TestSchedulerHost.Start();
        host.Allocator.ReleaseError = _ => new InvalidOperationException("no");
        host.Joiner.Play(JoinScript.Fails());

        Bot bot = host.Schedule(120 * Second);
        host.RunUntil(bot.Id, BotStatus.Failed);
        host.RunFor(Second);

        host.AssertNothingLeaked();
    }

    private static (BotStatus Status, FailureReason? Reason, int Calls) Joined(params JoinScript[] scripts)
    {
        using var host = TestSchedulerHost.Start();
        host.Joiner.Play(scripts);
        Bot bot = host.Schedule(120 * Second);
        host.RunFor(TimeSpan.FromHours(3));
        host.AssertPromisesKept();
        return (host.Find(bot.Id).Status, host.Find(bot.Id).LastFailure?.Reason, host.Record.Joins.Count);
    }

    private static (BotStatus Status, FailureReason? Reason) Staged(params AllocationScript[] scripts)
    {
        using var host = TestSchedulerHost.Start();
        host.Allocator.Play(scripts);
        Bot bot = host.Schedule(TimeSpan.FromMinutes(9));
        host.RunFor(TimeSpan.FromHours(3));
        host.AssertPromisesKept();
        return (host.Find(bot.Id).Status, host.Find(bot.Id).LastFailure?.Reason);
    }
}
