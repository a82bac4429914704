using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Lifecycle;

public class StatusAtLaws
{
    // Mutant: StatusAt asks for JoinAt >= now.
    [Fact]
    public void Once_joining_a_bot_never_reads_otherwise_as_time_grows()
    {
        int turned = 0;

        Law.Holds(BotGenerators.Bot.And(BotGenerators.Span.And(BotGenerators.Span)), drawn =>
        {
            (Bot bot, (TimeSpan before, TimeSpan after)) = drawn;
            DateTimeOffset[] instants = [bot.JoinAt - before, bot.JoinAt, bot.JoinAt + after, DateTimeOffset.MaxValue];

            List<BotStatus> read = [.. instants.Select(bot.StatusAt)];

            int first = read.IndexOf(BotStatus.Joining);
            Assert.True(first < 0 || read[first..].All(status => status == BotStatus.Joining), string.Join(", ", read));
            turned += first > 0 ? 1 : 0;
        });

        Assert.True(turned >= 10, $"{turned} bots turned joining");
    }

    // Mutant: StatusAt does not ask for Attempt > 0.
    [Fact]
    public void Only_an_armed_staged_bot_reads_otherwise_than_stored_and_only_from_JoinAt_on()
    {
        int differing = 0;

        Law.Holds(BotGenerators.Bot.And(BotGenerators.Span), drawn =>
        {
            (Bot bot, TimeSpan distance) = drawn;
            bool begins = bot.Status == BotStatus.Staged && bot.Attempt > 0;

            Assert.Equal(bot.Status, bot.StatusAt(bot.JoinAt - distance - TimeSpan.FromTicks(1)));
            Assert.Equal(begins ? BotStatus.Joining : bot.Status, bot.StatusAt(bot.JoinAt + distance));
            differing += begins ? 1 : 0;
        });

        Assert.True(differing >= 20, $"{differing} bots read otherwise than stored");
    }

    [Fact]
    public void A_retried_bot_still_reads_joining()
    {
        JoiningBot bot = Examples.Joining() with { Attempt = 1 };

        StagedBot retried = bot.Retry(bot.JoinAt.AddSeconds(30), new Failure(FailureReason.JoinFailed));

        Assert.Equal(BotStatus.Joining, retried.StatusAt(bot.JoinAt.AddSeconds(1)));
        Assert.Null(retried.ArmedUntil);
        Assert.Equal(bot.Resource, retried.Resource);
    }
}
