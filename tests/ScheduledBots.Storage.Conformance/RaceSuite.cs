using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.Conformance;

/// <summary>What every store decides when several write at once.</summary>
public abstract class RaceSuite : StoreSuite
{
    [Fact]
    public async Task Of_staging_cancelling_and_rescheduling_exactly_one_wins()
    {
        for (int i = 0; i < 100; i++)
        {
            BotSnapshot bot = await ClaimedAsync(NewBot());
            ScheduledBot scheduled = As<ScheduledBot>(bot);
            BotChange move = Update(bot.Id) with { JoinAt = Start.AddMinutes(5000), ExpectedVersion = bot.Version };
            BotChange cancel = Cancel(bot.Id) with { ExpectedVersion = bot.Version };

            bool[] won = await Task.WhenAll(
                Task.Run(async () => await TryCommitAsync(bot, scheduled.Stage(new ResourceHandle("r", true))) == CommitOutcome.Applied),
                Task.Run(async () => (await ChangeAsync(cancel)).Verdict == ChangeVerdict.Applied),
                Task.Run(async () => (await ChangeAsync(move)).Verdict == ChangeVerdict.Applied));

            Assert.Single(won, each => each);
        }
    }
}
