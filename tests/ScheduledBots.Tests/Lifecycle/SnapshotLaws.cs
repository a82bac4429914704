using ScheduledBots.Lifecycle;

namespace ScheduledBots.Tests.Lifecycle;

public class SnapshotLaws
{
    // Mutant: Bot.ToSnapshot forgets TraceParent.
    [Fact]
    public void A_bot_survives_the_round_trip_through_its_snapshot()
    {
        Dictionary<BotStatus, int> seen = [];

        Law.Holds(BotGenerators.Bot, bot =>
        {
            Assert.Equal(bot, Bot.FromSnapshot(bot.ToSnapshot()));
            seen[bot.Status] = seen.GetValueOrDefault(bot.Status) + 1;
        });

        AssertAllStatusesMet(seen);
    }

    // Mutant: the constructor of JoinedBot forgets Resource (the law above lets it pass: both sides lack it).
    [Fact]
    public void A_snapshot_survives_the_round_trip_through_its_bot()
    {
        Dictionary<BotStatus, int> seen = [];

        Law.Holds(BotGenerators.Snapshot, snapshot =>
        {
            Assert.Equal(snapshot, Bot.FromSnapshot(snapshot).ToSnapshot());
            seen[snapshot.Status] = seen.GetValueOrDefault(snapshot.Status) + 1;
        });

        AssertAllStatusesMet(seen);
    }

    // Mutant: FailedBot does not require LastFailure.
    [Fact]
    public void A_snapshot_is_refused_exactly_when_its_state_lacks_a_column()
    {
        int refused = 0, accepted = 0;

        Law.Holds(BotGenerators.AnySnapshot, snapshot =>
        {
            if (Missing(snapshot) is not { } column)
            {
                Assert.Equal(snapshot.Status, Bot.FromSnapshot(snapshot).Status);
                accepted++;
                return;
            }

            var refusal = Assert.Throws<ArgumentException>(() => Bot.FromSnapshot(snapshot));
            Assert.Equal("snapshot", refusal.ParamName);
            Assert.StartsWith($"Bot {snapshot.Id} is {snapshot.Status} but has no {column}; ", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(BotGenerators.Canary, refusal.Message, StringComparison.Ordinal);
            refused++;
        });

        Assert.True(refused > 50 && accepted > 50, $"{refused} refused, {accepted} accepted");
    }

    [Theory]
    [InlineData(6)]
    [InlineData(-1)]
    [InlineData(255)]
    public void A_status_of_a_newer_version_is_refused_by_its_number(int status)
    {
        BotSnapshot snapshot = Examples.Row((BotStatus)status);

        var refusal = Assert.Throws<ArgumentException>(() => Bot.FromSnapshot(snapshot));

        Assert.Contains($"the status {status}; known are 0 to 5", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_snapshot_at_all_is_refused() => Assert.Throws<ArgumentNullException>("snapshot", () => Bot.FromSnapshot(null!));

    [Fact]
    public void Ids_keep_their_text_and_sort_by_the_time_they_were_made()
    {
        BotId earlier = BotId.New(Examples.Noon), later = BotId.New(Examples.Noon.AddMilliseconds(1));

        Assert.True(earlier < later && later > earlier && earlier <= later && later >= earlier);
        Assert.Equal(earlier, BotId.Parse(earlier.ToString()));
        Assert.False(BotId.TryParse("bot 7", null, out BotId none));
        Assert.Equal(default, none);
    }

    private static string? Missing(BotSnapshot snapshot) => snapshot switch
    {
        { Status: BotStatus.Staged, Resource: null } => "Resource",
        { Status: BotStatus.Joining or BotStatus.Joined, StartedAt: null } => "StartedAt",
        { Status: BotStatus.Failed, LastFailure: null } => "LastFailure",
        { Status: BotStatus.Joined or BotStatus.Failed or BotStatus.Cancelled, SettledAt: null } => "SettledAt",
        _ => null,
    };

    private static void AssertAllStatusesMet(Dictionary<BotStatus, int> seen) => Assert.All(
        Enum.GetValues<BotStatus>(),
        status => Assert.True(seen.GetValueOrDefault(status) >= 20, $"{status} was met {seen.GetValueOrDefault(status)} times"));
}
