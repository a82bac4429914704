using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Tests.Face;

/// <summary>Brings a bot into a state as an engine of another process would.</summary>
internal static class Rows
{
    public static readonly NodeId Node = new(new Guid("01890000-0000-7000-8000-0000000000bb"));

    public static async Task<BotSnapshot> ClaimAsync(IBotStore store, BotId id, DateTimeOffset now)
    {
        ClaimOutcome claimed = await store.ClaimAsync(new ClaimQuery(Node, now, now.AddDays(1), 1_000), CancellationToken.None);
        return claimed.Bots.Single(bot => bot.Id == id);
    }

    public static async Task StageAsync(IBotStore store, BotId id, DateTimeOffset now)
    {
        BotSnapshot bot = await ClaimAsync(store, id, now);
        await CommitAsync(store, bot, ((ScheduledBot)Bot.FromSnapshot(bot)).Stage(new ResourceHandle("vm", IsPortable: false)));
    }

    public static async Task ArmAsync(IBotStore store, BotId id, DateTimeOffset now)
    {
        await StageAsync(store, id, now);
        Assert.Single(await store.ArmAsync(new ArmQuery(Node, now, now.AddDays(1), TimeSpan.FromMinutes(1)), CancellationToken.None));
    }

    public static async Task CommitAsync(IBotStore store, BotSnapshot from, Bot to)
    {
        var commit = new BotCommit { Owner = from.Owner!.Value, Fence = from.Fence, From = from.Status, Next = to.ToSnapshot() };
        Assert.Equal([CommitOutcome.Applied], await store.CommitAsync([commit], CancellationToken.None));
    }
}
