using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.Conformance;

/// <summary>How every store pages.</summary>
public abstract class ListSuite : StoreSuite
{
    [Fact]
    public async Task Pages_neither_repeat_nor_skip_bots_of_the_same_instant()
    {
        for (int i = 0; i < 7; i++)
        {
            await InsertAsync(NewBot(i / 3));
        }

        var seen = new List<BotSnapshot>();
        for (BotQueryPosition? after = null; seen.Count < 7; after = new BotQueryPosition(seen[^1].JoinAt, seen[^1].Id))
        {
            IReadOnlyList<BotSnapshot> page = await Store.ListAsync(new BotQuery { Limit = 2, After = after }, CancellationToken.None);
            Assert.NotEmpty(page);
            seen.AddRange(page);
        }

        Assert.Equal(7, seen.DistinctBy(bot => bot.Id).Count());
        Assert.Equal(seen.OrderBy(bot => bot.JoinAt).Select(bot => bot.JoinAt), seen.Select(bot => bot.JoinAt));
    }
}
