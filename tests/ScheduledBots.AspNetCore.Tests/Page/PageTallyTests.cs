using FsCheck;
using FsCheck.Fluent;
using ScheduledBots.AspNetCore.Page;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.AspNetCore.Tests.Page;

public sealed class PageTallyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 7, TimeSpan.Zero);
    private static readonly PageRange Range = PageRange.Of("1h")!;

    // Mutant: FirstBarAt is now less Behind, without the rounding.
    // Mutant: Add counts the stored state in the bars instead of the one at now.
    [Fact]
    public void Every_bot_is_in_the_bar_of_its_instant_and_in_the_count_of_its_state()
    {
        Gen<(int Second, int State)> bots = from second in Gen.Choose(-3_600, 3_599) from state in Gen.Choose(0, 5) select (second, state);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Gen.ArrayOf(bots)), drawn =>
        {
            PageBot[] all = [.. drawn.Select(one => Bot((BotStatus)one.State, one.Second, wasArmed: one.Second % 2 == 0))];
            PageOverview overview = Overview(all);
            DateTimeOffset first = overview.Timeline.From;
            TimeSpan width = TimeSpan.FromSeconds(overview.Timeline.BarSeconds);

            Assert.Equal(0, first.UtcTicks % width.Ticks);
            Assert.Equal(all.Length, overview.States.Sum());
            for (int bar = 0; bar < overview.Timeline.Bars.Count; bar++)
            {
                PageBot[] inside = [.. all.Where(bot => bot.JoinAt >= first + (bar * width) && bot.JoinAt < first + ((bar + 1) * width))];
                Assert.Equal(
                    Enum.GetValues<BotStatus>().Select(status => inside.Count(bot => bot.StatusAt(Now) == status)), overview.Timeline.Bars[bar]);
            }

            return true;
        }));
    }

    [Theory]
    [InlineData("15m")]
    [InlineData("1h")]
    [InlineData("6h")]
    [InlineData("24h")]
    public void The_bars_reach_to_the_end_of_the_range(string word)
    {
        PageRange range = PageRange.Of(word)!;
        PageOverview.TimelineView timeline = new PageTally(range, Now).ToOverview(null, isLoading: false, isCut: false, null).Timeline;

        DateTimeOffset end = timeline.From + TimeSpan.FromSeconds(timeline.BarSeconds * timeline.Bars.Count);

        Assert.InRange(end, Now + range.Ahead, Now + range.Ahead + range.Bar);
        Assert.InRange(timeline.Bars.Count, 60, 100);
    }

    [Fact]
    public void Herds_lateness_and_failures_are_told_of_the_bots_they_are_about()
    {
        PageOverview overview = Overview(
        [
            .. Enumerable.Repeat(Bot(BotStatus.Scheduled, 600), 12),
            .. Enumerable.Repeat(Bot(BotStatus.Staged, 300), PageTally.HerdSize),
            .. Enumerable.Repeat(Bot(BotStatus.Scheduled, 900), PageTally.HerdSize - 1),
            .. Enumerable.Repeat(Bot(BotStatus.Joined, -60), PageTally.HerdSize),
            .. Enumerable.Range(1, 100).Select(i => Bot(BotStatus.Joined, -30) with { Lateness = TimeSpan.FromMilliseconds(i) }),
            Bot(BotStatus.Joined, -30) with { Lateness = TimeSpan.FromHours(1), IsAdHoc = true },
            Bot(BotStatus.Failed, -10) with { Name = "older", Reason = FailureReason.Missed, SettledAt = Now - TimeSpan.FromSeconds(9) },
            Bot(BotStatus.Failed, -20) with { Name = "newer", Reason = FailureReason.Missed, SettledAt = Now },
        ]);

        Assert.Equal([(300, 10), (600, 12)], overview.Timeline.Herds.Select(herd => ((int)(herd.JoinAt - Now.UtcDateTime).TotalSeconds, herd.Count)));
        Assert.Equal((100, 50d, 99d, 100d), (overview.Lateness.Count, overview.Lateness.P50Ms, overview.Lateness.P99Ms, overview.Lateness.MaxMs));
        Assert.Equal([1, 1, 3, 5, 10, 30, 50, 0, 0, 0], overview.Lateness.Bins);
        Assert.Equal([new PageOverview.ReasonView("missed", 2)], overview.Reasons);
        Assert.Equal(["newer", "older"], overview.Failures.Select(failure => failure.Name));
        Assert.Equal(Now.UtcDateTime.AddSeconds(300), overview.NextJoinAt);
    }

    [Fact]
    public void Nodes_are_those_that_beat_and_those_that_own_bots()
    {
        NodeId alive = NodeId.New(Now), stranger = NodeId.New(Now), left = NodeId.New(Now);
        var tally = new PageTally(Range, Now);
        tally.Add(BotId.New(Now), Bot(BotStatus.Staged, 60) with { Owner = alive });
        tally.Add(BotId.New(Now), Bot(BotStatus.Staged, 60) with { Owner = stranger });
        tally.Add(BotId.New(Now), Bot(BotStatus.Joined, -60) with { Owner = stranger });

        IReadOnlyList<PageOverview.NodeView> nodes = tally.ToOverview(
            [
                new NodeRow(alive, "a", "1", 7, NodeStatus.Alive, Now, null),
                new NodeRow(left, "b", "1", 7, NodeStatus.Left, Now - TimeSpan.FromDays(1), null),
            ],
            isLoading: false,
            isCut: false,
            null).Nodes!;

        Assert.Equal(
            new[] { (alive.ToString(), (string?)"alive", (long?)7, 1), (stranger.ToString(), null, null, 1) }.Order(),
            nodes.Select(node => (node.Id, node.Status, node.Beat, node.Bots)).Order());
    }

    private static PageOverview Overview(IEnumerable<PageBot> bots)
    {
        var tally = new PageTally(Range, Now);
        foreach (PageBot bot in bots)
        {
            tally.Add(BotId.New(Now), bot);
        }

        return tally.ToOverview(null, isLoading: false, isCut: false, null);
    }

    private static PageBot Bot(BotStatus status, int second, bool wasArmed = false) => new()
    {
        Status = status,
        JoinAt = Now + TimeSpan.FromSeconds(second),
        WasArmed = wasArmed,
        Reason = status == BotStatus.Failed ? FailureReason.Missed : null,
    };
}
