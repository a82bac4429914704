using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.EfCore.Tests.Postgres;

[Collection(PostgresStores.Collection)]
public sealed class PostgresPageTests(PostgresStores stores)
{
    // Mutant: a page that goes on behind the instant alone.
    [Fact]
    public async Task An_owner_with_more_bots_than_a_page_reads_each_once()
    {
        const int Count = (2 * EfCoreBotStore.OwnedPageSize) + 1;
        IBotStore store = await stores.NewAsync();
        BotSnapshot[] bots = [.. Enumerable.Range(0, Count).Select(i => Bots.New() with
        {
            JoinAt = Bots.Start.AddMinutes(i % 2), Owner = Bots.Node, Fence = new Fence(1),
        })];
        foreach (BotSnapshot[] batch in bots.Chunk(1_000))
        {
            await store.InsertAsync(batch, CancellationToken.None);
        }

        IReadOnlyList<BotSnapshot> owned = await store.ReadOwnedAsync(Bots.Node, CancellationToken.None);

        Assert.Equal(bots.Select(bot => bot.Id).Order(), owned.Select(bot => bot.Id).Order());
    }
}
