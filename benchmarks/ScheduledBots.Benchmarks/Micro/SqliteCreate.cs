using BenchmarkDotNet.Attributes;
using ScheduledBots.Benchmarks.Store;

namespace ScheduledBots.Benchmarks.Micro;

/// <summary>What does a bot cost that the durable store inserts into a SQLite file, each by a transaction of its own?</summary>
public class SqliteCreate
{
    private SqliteFile? _file;

    [GlobalSetup]
    public async Task OpenAsync() => _file = await SqliteFile.OpenAsync();

    [GlobalCleanup]
    public async Task CloseAsync() => await _file!.DisposeAsync();

    [Benchmark(Baseline = true)]
    public int ByHand() => _file!.InsertByHand(BenchBots.New(MicroAgenda.Now));

    /// <summary>It also sees to it that no other bot has the id or the key.</summary>
    [Benchmark]
    public async Task<object> StoreAsync() => await _file!.Store.InsertAsync([BenchBots.New(MicroAgenda.Now)], CancellationToken.None);
}
