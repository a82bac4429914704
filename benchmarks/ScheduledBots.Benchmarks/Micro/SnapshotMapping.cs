using BenchmarkDotNet.Attributes;
using ScheduledBots.Benchmarks.Store;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Model;

namespace ScheduledBots.Benchmarks.Micro;

/// <summary>What does a bot cost on its way from a row over the flat form to its state, and back?</summary>
public class SnapshotMapping
{
    private readonly BotSnapshot _snapshot;
    private readonly Bot _bot;
    private readonly BotEntity _row;

    public SnapshotMapping()
    {
        _bot = ((ScheduledBot)Bot.FromSnapshot(BenchBots.New(MicroAgenda.Now)))
            .ClaimedBy(new NodeId(Guid.CreateVersion7()))
            .Stage(new ResourceHandle("pod-1.cluster.example:7000", IsPortable: true));
        _snapshot = _bot.ToSnapshot();
        _row = BotEntity.From("", _snapshot);
    }

    /// <summary>A record of as many members, copied.</summary>
    [Benchmark(Baseline = true)]
    public object Copy() => _snapshot with { Version = 1 };

    [Benchmark]
    public object RowToSnapshot() => _row.ToSnapshot();

    [Benchmark]
    public object SnapshotToBot() => Bot.FromSnapshot(_snapshot);

    [Benchmark]
    public object BotToSnapshot() => _bot.ToSnapshot();

    [Benchmark]
    public object SnapshotToRow() => BotEntity.From("", _snapshot);
}
