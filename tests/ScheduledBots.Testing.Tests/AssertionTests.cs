using Microsoft.Extensions.DependencyInjection;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using Xunit.Sdk;

namespace ScheduledBots.Testing.Tests;

/// <summary>Each assertion fails when it should. What the engine never does is done by hand here.</summary>
public sealed class AssertionTests : IDisposable
{
    private readonly TestSchedulerHost _host = TestSchedulerHost.Start();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_late_bot_is_named_with_its_lateness_and_a_failed_one_with_its_reason()
    {
        _host.Allocator.Play(AllocationScript.Delivers(TimeSpan.FromSeconds(90)));
        _host.Joiner.Play(JoinScript.Joins(), JoinScript.Fails() with { Reason = "the lobby is closed" });
        Bot late = _host.Schedule(TimeSpan.FromMinutes(1));
        Bot failed = _host.Schedule(TimeSpan.FromMinutes(5));

        _host.RunFor(TimeSpan.FromHours(1));

        string message = Assert.ThrowsAny<XunitException>(() => _host.AssertAllJoinedOnTime()).Message;
        Assert.Contains($"{late.Id} 'Notes', due {late.JoinAt:O}, joined 00:00:30 late", message, StringComparison.Ordinal);
        Assert.Contains($"{failed.Id}", message, StringComparison.Ordinal);
        Assert.Contains("JoinFailed: the lobby is closed", message, StringComparison.Ordinal);
        Assert.Contains("joined 00:00:30 late", Assert.ThrowsAny<XunitException>(() => _host.AssertAllJoinedOnTime(TimeSpan.FromSeconds(29))).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("late", Assert.ThrowsAny<XunitException>(() => _host.AssertAllJoinedOnTime(TimeSpan.FromSeconds(30))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unsettled_bot_is_named()
    {
        _host.Joiner.Play(JoinScript.Hangs());
        Bot bot = _host.Schedule(TimeSpan.FromMinutes(1));

        _host.RunFor(TimeSpan.FromMinutes(2));

        Assert.Contains($"{bot.Id}", Assert.ThrowsAny<XunitException>(_host.AssertAllSettled).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forgotten_allocation_and_one_released_twice_are_leaks()
    {
        IResourceAllocator allocator = _host.Services.GetRequiredKeyedService<IResourceAllocator>("");
        Bot bot = _host.Schedule(TimeSpan.FromHours(1));

        Allocation allocation = _host.Run(() => allocator.AllocateAsync(bot, new Fence(9), default));
        Assert.Contains("released 0 times; its bot is Scheduled", Assert.ThrowsAny<XunitException>(_host.AssertNothingLeaked).Message, StringComparison.Ordinal);
        _host.Run(() => allocator.ReleaseAsync(bot, new Fence(9), allocation, default));
        _host.AssertNothingLeaked();
        _host.Run(() => allocator.ReleaseAsync(bot, new Fence(9), allocation, default));

        Assert.Contains("released 2 times", Assert.ThrowsAny<XunitException>(_host.AssertNothingLeaked).Message, StringComparison.Ordinal);
    }

    // Mutant: AssertNothingLeaked allows one release whatever became of the bot.
    [Fact]
    public void An_allocation_taken_away_from_a_bot_in_its_meeting_is_told()
    {
        IResourceAllocator allocator = _host.Services.GetRequiredKeyedService<IResourceAllocator>("");
        Bot bot = _host.Schedule(TimeSpan.FromMinutes(1));
        _host.RunUntil(bot.Id, BotStatus.Joined);
        RecordedAllocation made = Assert.Single(_host.Record.Allocations);

        _host.AssertNothingLeaked();
        _host.Run(() => allocator.ReleaseAsync(bot, made.Fence, made.Allocation!, default));

        Assert.Contains("its bot is Joined", Assert.ThrowsAny<XunitException>(_host.AssertNothingLeaked).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_call_for_a_joined_bot_and_an_early_one_are_told()
    {
        IMeetingJoiner joiner = _host.Services.GetRequiredKeyedService<IMeetingJoiner>("");
        Bot bot = _host.Schedule(TimeSpan.FromMinutes(1));
        var attempt = new JoinAttempt
        {
            Bot = bot, Attempt = 1, Fence = new Fence(1), PossiblyStarted = false, Allocation = new Allocation("x"), StartedAt = _host.Now,
        };

        _host.Run(() => joiner.JoinAsync(attempt, default));
        Assert.Contains($"due {bot.JoinAt:O}", Assert.ThrowsAny<XunitException>(_host.AssertNoneEarly).Message, StringComparison.Ordinal);
        _host.AssertNoDoubleJoin();
        _host.Run(() => joiner.JoinAsync(attempt with { Attempt = 2 }, default));

        Assert.Contains($"attempt 2 of bot {bot.Id}", Assert.ThrowsAny<XunitException>(_host.AssertNoDoubleJoin).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<XunitException>(_host.AssertPromisesKept);
    }

    [Fact]
    public void Calls_that_overlap_are_told()
    {
        IMeetingJoiner joiner = _host.Services.GetRequiredKeyedService<IMeetingJoiner>("");
        Bot bot = _host.Schedule(TimeSpan.FromHours(1));
        var attempt = new JoinAttempt
        {
            Bot = bot, Attempt = 1, Fence = new Fence(1), PossiblyStarted = false, Allocation = new Allocation("x"), StartedAt = _host.Now,
        };
        _host.Joiner.Play(JoinScript.Fails(TimeSpan.FromSeconds(2)));

        _host.Run(() => Task.WhenAll(joiner.JoinAsync(attempt, default), joiner.JoinAsync(attempt with { Attempt = 2 }, default)));

        Assert.ThrowsAny<XunitException>(_host.AssertNoDoubleJoin);
    }

    [Fact]
    public void A_history_that_no_lifecycle_has_is_told()
    {
        Bot bot = _host.Schedule(TimeSpan.FromHours(1));
        _host.RunFor(TimeSpan.FromMinutes(56));
        var owned = (StagedBot)_host.Find(bot.Id);
        BotCommit commit = new()
        {
            Owner = owned.Owner!.Value, Fence = owned.Fence, From = owned.Status, Next = owned.ToSnapshot(),
            History = [new BotHistoryLine(_host.Now, BotStatus.Joined, BotStatus.Scheduled, null, 0, null)],
        };

        _host.Run(() => _host.Store.Inner.CommitAsync([commit], CancellationToken.None));

        string message = Assert.ThrowsAny<XunitException>(_host.AssertLegalHistories).Message;
        Assert.Contains("leaves Joined, but the bot was Staged", message, StringComparison.Ordinal);
        Assert.Contains("from Joined to Scheduled, which no transition does", message, StringComparison.Ordinal);
        Assert.Contains("ends in Scheduled, but the bot is Staged", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_for_what_cannot_come_says_what_came_instead()
    {
        Bot bot = _host.Schedule(TimeSpan.FromMinutes(1));

        string message = Assert.ThrowsAny<XunitException>(() => _host.RunUntil(bot.Id, BotStatus.Cancelled)).Message;

        Assert.Contains("to be Cancelled, but it is Joined", message, StringComparison.Ordinal);
    }
}
