using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Tests.Lifecycle;

/// <summary>No text made of a public type carries a URL, metadata, a resource or the host's own words.</summary>
public class SecretTests
{
    public static TheoryData<string> Carriers { get; } = [.. Samples().Select(sample => sample.GetType().Name).Distinct()];

    // Mutant: ResourceHandle.ToString returns Value.
    [Theory]
    [MemberData(nameof(Carriers))]
    public void The_text_of_a_carrier_never_shows_the_secret(string type)
    {
        foreach (object sample in Samples().Where(sample => sample.GetType().Name == type))
        {
            Assert.DoesNotContain(BotGenerators.Canary, sample.ToString(), StringComparison.Ordinal);
        }
    }

    // Mutant: Bot.ToString appends Metadata.
    [Fact]
    public void No_generated_bot_shows_a_secret()
    {
        int carrying = 0;

        Law.Holds(BotGenerators.Bot, bot =>
        {
            Assert.DoesNotContain(BotGenerators.Canary, bot.ToString() + bot.ToSnapshot(), StringComparison.Ordinal);
            carrying += bot.Metadata == BotGenerators.Canary ? 1 : 0;
        });

        Assert.True(carrying > 50, $"{carrying} carried a secret");
    }

    [Fact]
    public void The_text_of_a_bot_says_which_and_where_it_is()
    {
        ScheduledBot bot = Examples.Scheduled();

        Assert.Equal($"bot {bot.Id} (Scheduled, fence 3, attempt 0)", bot.ToString());
        Assert.Equal(bot.ToString(), bot.ToSnapshot().ToString());
    }

    private static IEnumerable<object> Samples()
    {
        var allocation = new Allocation(BotGenerators.Canary, BotGenerators.Canary);
        BotSnapshot row = Examples.Row(BotStatus.Scheduled);
        foreach (BotStatus status in Enum.GetValues<BotStatus>())
        {
            yield return Bot.FromSnapshot(Examples.Row(status));
        }

        yield return row;
        yield return row.Resource!;
        yield return row.LastFailure!;
        yield return allocation;
        yield return allocation.ToResourceHandle();
        yield return new JoinAttempt
        {
            Bot = Examples.Staged(),
            Attempt = 1,
            Fence = new Fence(3),
            PossiblyStarted = false,
            Allocation = allocation,
            StartedAt = Examples.Noon,
        };
        yield return new BotChange
        {
            Id = row.Id,
            Kind = BotChangeKind.Update,
            At = Examples.Noon,
            MeetingUrl = BotGenerators.Canary,
            Name = BotGenerators.Canary,
            Metadata = BotGenerators.Canary,
        };
        yield return new BotCommit { Owner = row.Owner!.Value, Fence = row.Fence, From = BotStatus.Scheduled, Next = row };
        yield return new ChangeOutcome(ChangeVerdict.Applied, row);
        yield return new InsertOutcome(row, true);
        yield return new ClaimOutcome([row], null);
    }
}
