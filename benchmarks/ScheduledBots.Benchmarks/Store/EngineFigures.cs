using System.Diagnostics;
using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;
using ScheduledBots.Measuring;
using ScheduledBots.Planning;
using ScheduledBots.Storage;

namespace ScheduledBots.Benchmarks.Store;

/// <summary>What an engine asks of its store, in the batches in which it asks, from claim to result.</summary>
internal sealed class EngineFigures(FigureTable table, string name, IBotStore store, bool isShared)
{
    /// <summary>The engine's own largest batch of commits.</summary>
    private const int MaxCommits = 1_000;

    private static readonly NodeId Node = new(Guid.CreateVersion7());
    private static readonly NodeId Other = new(Guid.CreateVersion7());

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public async Task MeasureAsync(int count, double? claimsWanted, Func<string, Task> lookAsync)
    {
        await BeatAsync(Node);
        await BeatAsync(Other);
        await InsertAsync(count);
        await lookAsync("before all are claimed");

        List<BotSnapshot> bots = await ClaimAsync(claimsWanted);
        await lookAsync("after all are claimed");

        bots = await CommitAsync(bots, "commit: staged", bot => ((ScheduledBot)bot).Stage(new ResourceHandle("pod-1.cluster.example:7000", IsPortable: true)));
        bots = await ArmAsync(bots.Count);
        await ReadBackAsync(bots.Count);
        bots = await CommitAsync(bots, "commit: joining", bot => ((StagedBot)bot).Join(bot.JoinAt));
        if (isShared)
        {
            bots = await AdoptAsync(bots, 10_000);
        }

        await CommitAsync(bots, "commit: joined", bot => ((JoiningBot)bot).Joined(bot.JoinAt.AddMinutes(1)));
    }

    private async Task InsertAsync(int count)
    {
        for (int i = 0; i < count; i += 1_000)
        {
            await store.InsertAsync([.. Enumerable.Range(i, 1_000).Select(n => BenchBots.New(_now.AddSeconds(60 + (n * 60.0 / count))))], CancellationToken.None);
        }
    }

    private async Task<List<BotSnapshot>> ClaimAsync(double? wanted)
    {
        List<BotSnapshot> bots = [];
        List<double> times = [];
        while (true)
        {
            long start = Stopwatch.GetTimestamp();
            ClaimOutcome claimed = await store.ClaimAsync(new ClaimQuery(Node, _now, _now.AddHours(1), Agenda.MaxClaimedAtOnce), CancellationToken.None);
            if (claimed.Bots.Count == 0)
            {
                break;
            }

            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            bots.AddRange(claimed.Bots);
        }

        table.Add(new Figure(name, "claim", bots.Count / times.Sum() * 1_000, "rows/s", wanted));
        table.Add(new Figure(name, $"claim of {Agenda.MaxClaimedAtOnce} bots, median", Sample.Median(times), "ms"));
        table.Add(new Figure(name, $"claim of {Agenda.MaxClaimedAtOnce} bots, p99", Sample.Quantile(times, 0.99), "ms"));
        return bots;
    }

    private async Task<List<BotSnapshot>> CommitAsync(List<BotSnapshot> bots, string what, Func<Bot, Bot> next)
    {
        List<double> rates = [];
        List<BotSnapshot> after = [];
        foreach (BotSnapshot[] batch in bots.Chunk(MaxCommits))
        {
            BotCommit[] commits = [.. batch.Select(Bot.FromSnapshot).Select(before => Transition.ToCommit(before, next(before), _now))];
            rates.Add(await Sample.RateAsync(batch.Length, async () =>
            {
                IReadOnlyList<CommitOutcome> outcomes = await store.CommitAsync(commits, CancellationToken.None);
                Check(outcomes.All(outcome => outcome == CommitOutcome.Applied), what);
            }));
            after.AddRange(commits.Select(commit => commit.Next));
        }

        table.Add(new Figure(name, what, Sample.Median(rates), "rows/s"));
        return after;
    }

    private async Task<List<BotSnapshot>> ArmAsync(int count)
    {
        IReadOnlyList<BotSnapshot> armed = [];
        double rate = await Sample.RateAsync(
            count, async () => armed = await store.ArmAsync(new ArmQuery(Node, _now, _now.AddHours(1), TimeSpan.FromSeconds(5)), CancellationToken.None));
        Check(armed.Count == count, "arm");
        table.Add(new Figure(name, $"arm all {count:N0}", rate, "rows/s"));
        return [.. armed];
    }

    private async Task ReadBackAsync(int count)
    {
        int read = 0;
        double rate = await Sample.RateAsync(count, async () =>
        {
            var query = new OwnedQuery(Node, After: null, Reconciler.DefaultMarksAtOnce);
            for (IReadOnlyList<BotMark> page = await store.ReadMarksAsync(query, CancellationToken.None);
                page.Count > 0;
                page = await store.ReadMarksAsync(query with { After = new BotQueryPosition(page[^1].JoinAt, page[^1].Id) }, CancellationToken.None))
            {
                read += page.Count;
            }
        });
        Check(read == count, "read marks");
        table.Add(new Figure(name, $"read the marks of all {count:N0}", rate, "rows/s"));
    }

    /// <summary>Adopts some of them, as if their node had died after their windows.</summary>
    private async Task<List<BotSnapshot>> AdoptAsync(List<BotSnapshot> bots, int count)
    {
        BeatOutcome beat = await BeatAsync(Node);
        Check(await store.DeclareDeadAsync(Node, beat.Nodes.Single(node => node.Id == Node).Beat, CancellationToken.None), "declare dead");
        List<BotSnapshot> adopted = [];
        double rate = await Sample.RateAsync(count, async () =>
        {
            while (adopted.Count < count)
            {
                adopted.AddRange(await store.AdoptAsync(new AdoptQuery(Other, _now.AddHours(2), _now.AddHours(2), Agenda.MaxAdoptedAtOnce), CancellationToken.None));
            }
        });
        Check(bots.Count >= adopted.Count, "adopt");
        table.Add(new Figure(name, $"adopt {count:N0}", rate, "rows/s"));
        return adopted;
    }

    private Task<BeatOutcome> BeatAsync(NodeId node) => store.BeatAsync(
        new BeatQuery { Node = node, Name = "bench", Version = "1", Status = NodeStatus.Alive, IsFirst = true }, CancellationToken.None);

    private static void Check(bool isRight, string what)
    {
        if (!isRight)
        {
            throw new InvalidOperationException($"{what}: not all rows were written");
        }
    }
}
