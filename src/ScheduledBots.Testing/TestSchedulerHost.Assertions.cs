using ScheduledBots.Lifecycle;

namespace ScheduledBots.Testing;

/// <summary>What a test asserts of a run, each failure with the bots it is about.</summary>
public sealed partial class TestSchedulerHost
{
    /// <summary>Every bot that is due and was not cancelled has joined, and none later than allowed.</summary>
    /// <param name="tolerance">How late a bot may be; zero demands the exact instant, which virtual time can keep.</param>
    /// <exception cref="Xunit.Sdk.XunitException">Some did not; the message lists them.</exception>
    public void AssertAllJoinedOnTime(TimeSpan tolerance = default) => AssertNone(
        "did not join on time",
        from bot in Bots
        where bot is not CancelledBot && bot.JoinAt <= Now
        where bot is not JoinedBot joined || joined.Lateness > tolerance
        select bot is JoinedBot late ? $"{Name(bot)} joined {late.Lateness} late" : $"{Name(bot)} is {bot.Status}{Because(bot)}");

    /// <summary>Every bot that is due has settled.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">Some have not; the message lists them.</exception>
    public void AssertAllSettled() => AssertNone(
        "have not settled",
        from bot in Bots
        where bot.JoinAt <= Now && !bot.IsSettled
        select $"{Name(bot)} is {bot.Status}{Because(bot)}");

    /// <summary>
    /// No allocation is forgotten: each was joined with or released, or waits for the bot it was made for. And none was released
    /// twice, or taken away from a bot that has joined with it.
    /// </summary>
    /// <exception cref="Xunit.Sdk.XunitException">Some were; the message lists them.</exception>
    public void AssertNothingLeaked()
    {
        Dictionary<BotId, Bot> bots = Bots.ToDictionary(bot => bot.Id);
        AssertNone(
            "leaked, or were released more than once, or although their bot has joined with them",
            from allocation in Record.Allocations
            let bot = bots.GetValueOrDefault(allocation.Bot.Id)
            let isWaiting = bot is StagedBot or JoiningBot && bot.Fence == allocation.Fence
            let isInMeeting = bot is JoinedBot && bot.Fence == allocation.Fence
            where (allocation.IsHeld && !isWaiting) || allocation.ReleaseCount > (isInMeeting ? 0 : 1)
            select $"{allocation}, released {allocation.ReleaseCount} times; its bot is {bot?.Status.ToString() ?? "gone"}");
    }

    /// <summary>No bot is in its meeting twice, no attempt was called twice, and no two calls for one bot ran at once.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">Some were; the message lists the calls.</exception>
    public void AssertNoDoubleJoin() => AssertNone(
        "were called for one bot and should not have been",
        from calls in Record.Joins.GroupBy(call => call.Attempt.Bot.Id)
        from pair in calls.Zip(calls.Skip(1))
        where pair.First.HasJoined || pair.First.Attempt.Attempt >= pair.Second.Attempt.Attempt || pair.First.EndedAt is null || pair.First.EndedAt > pair.Second.StartedAt
        select $"{pair.Second}, after {pair.First}");

    /// <summary>No joiner call began before its bot's instant.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">Some did; the message lists the calls.</exception>
    public void AssertNoneEarly() => AssertNone(
        "came early",
        from call in Record.Joins
        where call.StartedAt < call.Attempt.Bot.JoinAt
        select $"{call}, due {call.Attempt.Bot.JoinAt:O}");

    /// <summary>The history of every bot is one that the lifecycle allows.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">Some are not; the message says what is wrong.</exception>
    public void AssertLegalHistories() => AssertNone(
        "are not what the lifecycle allows",
        from bot in Bots
        from violation in LifecycleModel.Violations(bot, Store.Inner.HistoryAsync(bot.Id, CancellationToken.None).GetAwaiter().GetResult())
        select $"{Name(bot)}: {violation}");

    /// <summary>Everything the library promises whatever the host's code does: all but being on time, which needs the host's code to play along.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">A promise was broken.</exception>
    public void AssertPromisesKept()
    {
        AssertNoneEarly();
        AssertNoDoubleJoin();
        AssertNothingLeaked();
        AssertLegalHistories();
    }

    private static void AssertNone(string what, IEnumerable<string> offenders)
    {
        List<string> found = [.. offenders];
        Assert.True(found.Count == 0, $"These {what}:\n  {string.Join("\n  ", found)}");
    }

    private static string Name(Bot bot) => $"bot {bot.Id} '{bot.Name}', due {bot.JoinAt:O},";

    private static string Because(Bot bot) => bot.LastFailure is { } failure ? $" because of {failure.Reason}: {failure.Detail}" : "";
}
