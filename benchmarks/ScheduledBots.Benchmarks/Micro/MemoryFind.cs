using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using ScheduledBots.Benchmarks.Store;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.InMemory;

namespace ScheduledBots.Benchmarks.Micro;

/// <summary>What does it cost to read one of 10,000 bots from a store in memory?</summary>
public class MemoryFind
{
    private const int Bots = 10_000;

    private readonly BotSnapshot[] _bots = [.. Enumerable.Range(0, Bots).Select(_ => BenchBots.New(MicroAgenda.Now))];
    private readonly ConcurrentDictionary<BotId, BotSnapshot> _known = new();
    private readonly InMemoryBotStore _store = new();
    private int _next;

    [GlobalSetup]
    public void Fill()
    {
        _ = _store.InsertAsync(_bots, CancellationToken.None);
        foreach (BotSnapshot bot in _bots)
        {
            _known[bot.Id] = bot;
        }
    }

    /// <summary>Gives the object away that it has, which the store does not: a row is smaller.</summary>
    [Benchmark(Baseline = true)]
    public object? ConcurrentDictionary() => _known.GetValueOrDefault(Next());

    [Benchmark]
    public object Store() => _store.FindAsync(Next(), CancellationToken.None);

    private BotId Next() => _bots[_next = (_next + 6_181) % Bots].Id;
}
