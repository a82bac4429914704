using FsCheck;
using FsCheck.Fluent;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Tests;

public sealed class GeneratorLaws
{
    private static readonly DateTimeOffset Start = new TestSchedulerSetup().StartsAt;

    [Fact]
    public void Instants_are_within_their_span_and_herds_come_about()
    {
        List<DateTimeOffset> instants = [.. BotGen.Instant(Start, TimeSpan.FromHours(2)).Sample(2_000)];

        Assert.All(instants, instant => Assert.InRange(instant, Start.AddMicroseconds(1), Start.AddHours(2)));
        Assert.True(instants.Count - instants.Distinct().Count() > 500, "too few share an instant");
        Assert.True(instants.Count(instant => instant.Ticks % TimeSpan.TicksPerSecond != 0) > 500, "too few are odd");
    }

    [Fact]
    public void Every_life_is_legal_from_its_creation_to_its_end()
    {
        HashSet<(BotStatus, BotStatus)> met = [];

        Holds(BotGen.Life(Start), life =>
        {
            Assert.IsType<ScheduledBot>(life[0]);
            Assert.True(life[^1].IsSettled);
            Assert.Empty(LifecycleModel.Violations(life[^1], [.. Lines(life)]));
            met.UnionWith(life.Zip(life.Skip(1)).Select(pair => (pair.First.Status, pair.Second.Status)));
        });

        Assert.Empty(BotLifecycle.Transitions.Select(transition => (transition.From, transition.To)).Distinct().Except(met).Except([(BotStatus.Staged, BotStatus.Scheduled)]));
    }

    [Fact]
    public void A_history_with_one_line_left_out_is_not_legal()
    {
        Holds(BotGen.Life(Start).Where(life => life[^1] is JoinedBot), life =>
        {
            List<BotHistoryLine> lines = [.. Lines(life)];
            int joining = lines.FindIndex(line => line.To == BotStatus.Joining);
            lines.RemoveAt(joining);

            Assert.NotEmpty(LifecycleModel.Violations(life[^1], lines));
        });
    }

    /// <summary>Whatever the host's code does, and whenever the bots are due, the library keeps its promises.</summary>
    // Mutants: StagingStep does not release what is delivered after the call was given up; JoiningStep does not release after a failure,
    // or releases what a bot has joined with.
    [Fact]
    public void Whatever_the_hosts_code_does_the_promises_are_kept()
    {
        int joined = 0, failed = 0, released = 0;
        Gen<(BotRequest[] Requests, AllocationScript[] Allocations, JoinScript[] Joins)> cases =
            from requests in BotGen.Requests(Start, TimeSpan.FromHours(2)).Generator
            from allocations in BotGen.Allocation().ArrayOf(5)
            from joins in BotGen.Join().ArrayOf(5)
            select (requests, allocations, joins);

        Holds(cases, day =>
        {
            using var host = TestSchedulerHost.Start();
            host.Allocator.Play(day.Allocations);
            host.Joiner.Play(day.Joins);
            Array.ForEach(day.Requests, request => host.Schedule(request));

            host.RunFor(TimeSpan.FromHours(8));

            host.AssertAllSettled();
            host.AssertPromisesKept();
            joined += host.Bots.Count(bot => bot is JoinedBot);
            failed += host.Bots.Count(bot => bot is FailedBot);
            released += host.Record.Allocations.Count(allocation => allocation.ReleaseCount == 1);
        }, count: 200);

        Assert.True(Math.Min(Math.Min(joined, failed), released) > 100, $"{joined} joined, {failed} failed, {released} released");
    }

    private static IEnumerable<BotHistoryLine> Lines(IReadOnlyList<Bot> life) => life.Zip(life.Skip(1)).Select(pair => new BotHistoryLine(
        (pair.Second as JoiningBot)?.StartedAt ?? pair.Second.JoinAt, pair.First.Status, pair.Second.Status, pair.Second.Owner, pair.Second.Attempt, pair.Second.LastFailure?.Reason));

    private static void Holds<T>(Gen<T> cases, Action<T> law, int count = 1_000) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count), Prop.ForAll(Arb.From(cases), value =>
        {
            law(value);
            return true;
        }));
}
