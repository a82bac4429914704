using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using ScheduledBots.Benchmarks.Store;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.InMemory;

namespace ScheduledBots.Benchmarks.Micro;

/// <summary>What does a bot cost that is inserted, each by a call of its own, into a store in memory which grows from nothing?</summary>
public class MemoryCreate
{
    private const int Bots = 10_000;

    private readonly BotSnapshot[][] _calls =
        [.. Enumerable.Range(0, Bots).Select(_ => new[] { BenchBots.New(MicroAgenda.Now.AddSeconds(Random.Shared.Next(1_000_000))) })];

    /// <summary>Keeps the same objects by their ids, in no order, and keeps no key from being used twice.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Bots)]
    public object ConcurrentDictionary()
    {
        var known = new ConcurrentDictionary<BotId, BotSnapshot>();
        foreach (BotSnapshot[] call in _calls)
        {
            known.TryAdd(call[0].Id, call[0]);
        }

        return known;
    }

    [Benchmark(OperationsPerInvoke = Bots)]
    public object Store()
    {
        var store = new InMemoryBotStore();
        foreach (BotSnapshot[] call in _calls)
        {
            _ = store.InsertAsync(call, CancellationToken.None);
        }

        return store;
    }
}
