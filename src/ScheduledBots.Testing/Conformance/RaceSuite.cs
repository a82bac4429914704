using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Conformance;

/// <summary>What every store decides when several write at once.</summary>
// Mutant: an in-memory store without its lock. Each race but the creates was seen lost; those are too short there to overlap.
public abstract class RaceSuite : StoreSuite
{
    private const int Rounds = 100;
    private const int FewRounds = 20;

    [Fact]
    public async Task Of_staging_cancelling_and_rescheduling_exactly_one_wins()
    {
        for (int i = 0; i < Rounds; i++)
        {
            BotSnapshot bot = await ClaimedAsync(NewBot());
            ScheduledBot scheduled = As<ScheduledBot>(bot);
            BotChange move = Update(bot.Id) with { JoinAt = Start.AddMinutes(5000), ExpectedVersion = bot.Version };
            BotChange cancel = Cancel(bot.Id) with { ExpectedVersion = bot.Version };

            bool[] won = await TogetherAsync(
                async () => await TryCommitAsync(bot, scheduled.Stage(new ResourceHandle("r", true))) == CommitOutcome.Applied,
                async () => (await ChangeAsync(cancel)).Verdict == ChangeVerdict.Applied,
                async () => (await ChangeAsync(move)).Verdict == ChangeVerdict.Applied);

            Assert.Single(won, each => each);
        }
    }

    [Fact]
    public async Task Of_arming_and_aborting_exactly_one_wins()
    {
        for (int i = 0; i < Rounds; i++)
        {
            BotSnapshot bot = await StagedAsync(NewBot());

            bool[] won = await TogetherAsync(
                async () => (await ArmAsync()).Count == 1,
                async () => (await ChangeAsync(Abort(bot.Id))).Verdict == ChangeVerdict.Applied);

            Assert.Single(won, each => each);
            BotSnapshot found = await FindAsync(bot.Id);
            Assert.Equal(won[0] ? BotStatus.Staged : BotStatus.Failed, found.Status);
            Assert.Equal(won[0] ? 1 : 0, found.Attempt);
        }
    }

    [Fact]
    public async Task However_many_claim_at_once_every_bot_gets_one_owner()
    {
        const int BotCount = 200;
        await RegisterAsync(Other);
        for (int round = 0; round < FewRounds; round++)
        {
            await Store.InsertAsync([.. Enumerable.Range(0, BotCount).Select(i => NewBot(i % 7))], CancellationToken.None);

            IReadOnlyList<BotSnapshot>[] taken = await TogetherAsync(
                [.. Enumerable.Range(0, 8).Select(i => (Func<Task<IReadOnlyList<BotSnapshot>>>)(() => ClaimAllAsync(i % 2 == 0 ? Node : Other)))]);

            BotSnapshot[] all = [.. taken.SelectMany(bots => bots)];
            Assert.Equal(BotCount, all.Length);
            Assert.Equal(BotCount, all.DistinctBy(bot => bot.Id).Count());
            Assert.All(all, bot => Assert.Equal(new Fence(1), bot.Fence));
            Assert.Equal(BotCount * (round + 1), await OwnedCountAsync(Node) + await OwnedCountAsync(Other));
        }
    }

    [Fact]
    public async Task Of_fifty_creates_with_one_key_one_creates_and_all_find_its_bot()
    {
        for (int round = 0; round < FewRounds; round++)
        {
            string key = $"key {round}";

            InsertOutcome[] outcomes = await TogetherAsync(
                [.. Enumerable.Range(0, 50).Select(_ => (Func<Task<InsertOutcome>>)(
                    async () => (await Store.InsertAsync([NewBot(tenant: "a", key: key)], CancellationToken.None))[0]))]);

            InsertOutcome created = Assert.Single(outcomes, outcome => outcome.Inserted);
            Assert.All(outcomes, outcome => Assert.Equal(created.Bot.Id, outcome.Bot.Id));
        }

        Assert.Equal(FewRounds, (await Store.ListAsync(new BotQuery { Limit = 100 }, CancellationToken.None)).Count);
    }

    /// <summary>Small claims until nothing is left, so that several are under way at once.</summary>
    private async Task<IReadOnlyList<BotSnapshot>> ClaimAllAsync(NodeId owner)
    {
        List<BotSnapshot> taken = [];
        for (ClaimOutcome outcome = await ClaimAsync(limit: 3, owner: owner); outcome.Bots.Count > 0; outcome = await ClaimAsync(limit: 3, owner: owner))
        {
            taken.AddRange(outcome.Bots);
        }

        return taken;
    }

    private async Task<int> OwnedCountAsync(NodeId owner) => (await MarksAsync(owner, limit: 100_000)).Count;

    /// <summary>Starts all at one signal, each on the pool.</summary>
    private static async Task<T[]> TogetherAsync<T>(params IReadOnlyList<Func<Task<T>>> racers)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<T>[] running = [.. racers.Select(racer => Task.Run(async () =>
        {
            await go.Task;
            return await racer();
        }))];
        go.SetResult();
        return await Task.WhenAll(running);
    }
}
