using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Conformance;

/// <summary>How every store forgets.</summary>
public abstract class PruneSuite : StoreSuite
{
    [Fact]
    public async Task The_oldest_settled_bots_go_first_and_the_instant_is_not_included()
    {
        BotSnapshot late = await JoinedAsync(22);
        BotSnapshot early = await JoinedAsync(20);
        BotSnapshot middle = await JoinedAsync(21);

        Assert.Equal(1, await Store.PruneAsync(Start.AddMinutes(22), 1, CancellationToken.None));
        Assert.Null(await Store.FindAsync(early.Id, CancellationToken.None));
        Assert.Equal(1, await Store.PruneAsync(Start.AddMinutes(22), 9, CancellationToken.None));

        Assert.Null(await Store.FindAsync(middle.Id, CancellationToken.None));
        AssertSame(late, await FindAsync(late.Id));
    }

    [Fact]
    public async Task Erasing_takes_settled_bots_only_with_their_history()
    {
        BotSnapshot bot = await InsertAsync(NewBot());

        Assert.Equal(ChangeVerdict.WrongState, (await Store.EraseAsync(bot.Id, CancellationToken.None)).Verdict);
        await ChangeAsync(Cancel(bot.Id));
        Assert.Equal(ChangeVerdict.Applied, (await Store.EraseAsync(bot.Id, CancellationToken.None)).Verdict);

        Assert.Equal(ChangeVerdict.NotFound, (await Store.EraseAsync(bot.Id, CancellationToken.None)).Verdict);
        Assert.Empty(await Store.HistoryAsync(bot.Id, CancellationToken.None));
    }
}
