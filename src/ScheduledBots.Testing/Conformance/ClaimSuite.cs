using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Conformance;

/// <summary>How every store hands bots to a node.</summary>
public abstract class ClaimSuite : StoreSuite
{
    [Fact]
    public async Task The_earliest_bots_come_first_up_to_the_limit()
    {
        foreach (int due in (int[])[30, 10, 40, 20])
        {
            await InsertAsync(NewBot(due));
        }

        ClaimOutcome outcome = await ClaimAsync(limit: 3);

        Assert.Equal([Start.AddMinutes(10), Start.AddMinutes(20), Start.AddMinutes(30)], outcome.Bots.Select(bot => bot.JoinAt));
    }

    [Fact]
    public async Task The_horizon_is_not_included_and_the_next_instant_is_exact()
    {
        await InsertAsync(NewBot(10));
        BotSnapshot atHorizon = await InsertAsync(NewBot(20));

        ClaimOutcome outcome = await ClaimAsync(dueBeforeMinutes: 20);

        Assert.Single(outcome.Bots);
        AssertNext(atHorizon.JoinAt, outcome);
    }

    [Fact]
    public async Task A_limited_claim_names_the_bot_it_left()
    {
        await InsertAsync(NewBot(10));
        BotSnapshot left = await InsertAsync(NewBot(11));

        ClaimOutcome outcome = await ClaimAsync(limit: 1);

        AssertNext(left.JoinAt, outcome);
    }

    [Fact]
    public async Task Nothing_left_means_no_next_instant()
    {
        await InsertAsync(NewBot());

        ClaimOutcome outcome = await ClaimAsync();

        AssertNext(DateTimeOffset.MaxValue, outcome);
    }

    [Fact]
    public async Task A_claim_raises_fence_and_version_by_one_and_sets_the_owner()
    {
        BotSnapshot bot = await InsertAsync(NewBot());

        BotSnapshot claimed = Assert.Single((await ClaimAsync()).Bots);

        AssertSame(bot with { Owner = Node, Fence = new Fence(1), Version = bot.Version + 1 }, claimed);
        AssertSame(claimed, await FindAsync(bot.Id));
    }

    [Fact]
    public async Task An_owned_bot_is_not_claimed_again()
    {
        await ClaimedAsync();

        ClaimOutcome outcome = await ClaimAsync(owner: Other);

        Assert.Empty(outcome.Bots);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task A_bot_waits_for_its_back_off(int atMinutes, bool taken)
    {
        await BackingOffAsync();

        ClaimOutcome outcome = await ClaimAsync(owner: Other, atMinutes: atMinutes);

        Assert.Equal(taken, outcome.Bots.Count == 1);
    }

    [Fact]
    public async Task A_bot_that_backs_off_does_not_break_a_claim_without_horizon()
    {
        await BackingOffAsync();

        ClaimOutcome outcome = await Store.ClaimAsync(new ClaimQuery(Other, Start, DateTimeOffset.MaxValue, 10), CancellationToken.None);

        Assert.Empty(outcome.Bots);
    }

    [Fact]
    public async Task A_settled_bot_is_never_claimed()
    {
        BotSnapshot bot = await InsertAsync(NewBot());
        await ChangeAsync(Cancel(bot.Id));

        ClaimOutcome outcome = await ClaimAsync();

        Assert.Empty(outcome.Bots);
        AssertNext(DateTimeOffset.MaxValue, outcome);
    }

    private async Task BackingOffAsync()
    {
        BotSnapshot claimed = await ClaimedAsync();
        ScheduledBot waiting = As<ScheduledBot>(claimed).RetryStaging(Start.AddMinutes(5), new Failure(FailureReason.StagingFailed));
        await CommitAsync(claimed, waiting.HandBack());
    }

    /// <summary>A store that cannot know says null; one that says an instant says the right one.</summary>
    private static void AssertNext(DateTimeOffset expected, ClaimOutcome outcome) =>
        Assert.Equal(expected, outcome.NextJoinAt ?? expected);
}
