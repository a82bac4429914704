using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Conformance;

/// <summary>How every store arms bots.</summary>
public abstract class ArmSuite : StoreSuite
{
    [Fact]
    public async Task A_staged_bot_is_armed_once_with_its_window_and_one_more_attempt()
    {
        BotSnapshot staged = await StagedAsync();

        BotSnapshot armed = Assert.Single(await ArmAsync());

        AssertSame(staged with { ArmedUntil = staged.JoinAt.AddMinutes(1), Attempt = 1, Version = staged.Version + 1 }, armed);
        AssertSame(armed, await FindAsync(staged.Id));
        Assert.Empty(await ArmAsync());
    }

    [Fact]
    public async Task A_late_bot_gets_its_window_from_now()
    {
        await StagedAsync();

        BotSnapshot armed = Assert.Single(await ArmAsync(atMinutes: 60));

        Assert.Equal(Start.AddMinutes(61), armed.ArmedUntil);
    }

    [Fact]
    public async Task Neither_a_scheduled_bot_nor_one_of_another_node_nor_one_at_the_horizon_is_armed()
    {
        await StagedAsync(NewBot(10));
        await ClaimedAsync(NewBot(5));

        Assert.Empty(await ArmAsync(owner: Other));
        Assert.Empty(await ArmAsync(dueBeforeMinutes: 10));
    }

    [Fact]
    public async Task A_bot_staged_under_an_earlier_fence_is_not_armed()
    {
        BotSnapshot staged = await StagedAsync();
        await CommitAsync(staged, As<StagedBot>(staged).ClaimedBy(Other));

        Assert.Empty(await ArmAsync(owner: Other));
    }

    [Theory]
    [InlineData(29, 0)]
    [InlineData(30, 1)]
    public async Task A_retry_is_armed_when_its_back_off_is_over(int atMinutes, int expected)
    {
        BotSnapshot joining = await JoiningAsync();
        await CommitAsync(joining, As<JoiningBot>(joining).Retry(Start.AddMinutes(30), new Failure(FailureReason.JoinFailed)));

        IReadOnlyList<BotSnapshot> armed = await ArmAsync(atMinutes: atMinutes);

        Assert.Equal(expected, armed.Count);
        Assert.All(armed, bot => Assert.Equal(2, bot.Attempt));
    }
}
