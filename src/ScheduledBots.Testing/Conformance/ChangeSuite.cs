using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Conformance;

/// <summary>What every store grants and refuses to callers.</summary>
public abstract class ChangeSuite : StoreSuite
{
    [Fact]
    public async Task An_update_of_everything_frees_the_bot_with_one_fence_one_version_and_one_line()
    {
        BotSnapshot claimed = await ClaimedAsync();

        ChangeOutcome outcome = await ChangeAsync(Update(claimed.Id) with
        {
            JoinAt = Start.AddMinutes(99), MeetingUrl = "u", Name = "n", Metadata = "m",
        });

        Assert.Equal(ChangeVerdict.Applied, outcome.Verdict);
        BotSnapshot expected = claimed with
        {
            JoinAt = Start.AddMinutes(99), MeetingUrl = "u", Name = "n", Metadata = "m",
            Owner = null, Fence = claimed.Fence.Next(), Version = claimed.Version + 1,
        };
        AssertSame(expected, outcome.Bot!);
        AssertSame(expected, await FindAsync(claimed.Id));
        Assert.Single(await Store.HistoryAsync(claimed.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Metadata_alone_changes_in_any_state_and_leaves_the_fence()
    {
        BotSnapshot joined = await JoinedAsync();

        ChangeOutcome outcome = await ChangeAsync(Update(joined.Id) with { Metadata = "m" });

        AssertSame(joined with { Metadata = "m", Version = joined.Version + 1 }, outcome.Bot!);
    }

    [Fact]
    public async Task A_cancelled_bot_is_settled_and_cannot_be_cancelled_again()
    {
        BotSnapshot bot = await InsertAsync(NewBot());

        ChangeOutcome first = await ChangeAsync(Cancel(bot.Id));
        ChangeOutcome second = await ChangeAsync(Cancel(bot.Id));

        Assert.Equal((ChangeVerdict.Applied, BotStatus.Cancelled), (first.Verdict, first.Bot!.Status));
        Assert.Equal(Start, first.Bot.SettledAt);
        Assert.Equal(ChangeVerdict.WrongState, second.Verdict);
        AssertSame(first.Bot, second.Bot!);
    }

    [Fact]
    public async Task A_staged_bot_is_aborted_but_neither_cancelled_nor_moved()
    {
        BotSnapshot staged = await StagedAsync();

        Assert.Equal(ChangeVerdict.WrongState, (await ChangeAsync(Cancel(staged.Id))).Verdict);
        Assert.Equal(ChangeVerdict.WrongState, (await ChangeAsync(Update(staged.Id) with { Name = "n" })).Verdict);
        ChangeOutcome aborted = await ChangeAsync(Abort(staged.Id));

        Assert.Equal(FailureReason.Aborted, aborted.Bot!.LastFailure!.Reason);
        Assert.Equal((BotStatus.Failed, null, staged.Fence.Next()), (aborted.Bot.Status, aborted.Bot.Owner, aborted.Bot.Fence));
    }

    [Fact]
    public async Task An_armed_bot_cannot_be_aborted()
    {
        BotSnapshot armed = await ArmedAsync();

        Assert.Equal(ChangeVerdict.WrongState, (await ChangeAsync(Abort(armed.Id))).Verdict);
        AssertSame(armed, await FindAsync(armed.Id));
    }

    [Fact]
    public async Task Another_tenant_finds_nothing_and_another_version_changes_nothing()
    {
        BotSnapshot bot = await InsertAsync(NewBot(tenant: "a"));

        ChangeOutcome stranger = await ChangeAsync(Cancel(bot.Id) with { Tenant = "b" });
        ChangeOutcome stale = await ChangeAsync(Cancel(bot.Id) with { Tenant = "a", ExpectedVersion = bot.Version + 1 });

        Assert.Equal(new ChangeOutcome(ChangeVerdict.NotFound, null), stranger);
        Assert.Equal(ChangeVerdict.WrongVersion, stale.Verdict);
        AssertSame(bot, await FindAsync(bot.Id));
    }
}
