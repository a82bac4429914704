using BenchmarkDotNet.Attributes;
using ScheduledBots.Benchmarks.Store;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Benchmarks.Micro;

/// <summary>What does it cost to read one of 1,000 bots back from a SQLite file?</summary>
public class SqliteFind
{
    private const int Bots = 1_000;

    private readonly BotSnapshot[] _bots = [.. Enumerable.Range(0, Bots).Select(_ => BenchBots.New(MicroAgenda.Now))];
    private SqliteFile? _file;
    private int _next;

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _file = await SqliteFile.OpenAsync();
        await _file.Store.InsertAsync(_bots, CancellationToken.None);
    }

    [GlobalCleanup]
    public async Task CloseAsync() => await _file!.DisposeAsync();

    [Benchmark(Baseline = true)]
    public object ByHand() => _file!.SelectByHand(Next());

    [Benchmark]
    public async Task<object?> StoreAsync() => await _file!.Store.FindAsync(Next(), CancellationToken.None);

    private BotId Next() => _bots[_next = (_next + 617) % Bots].Id;
}
