using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using ScheduledBots.Benchmarks.Store;
using ScheduledBots.Execution;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;
using ScheduledBots.Storage.InMemory;

namespace ScheduledBots.Benchmarks.Micro;

/// <summary>What does a transition of the engine cost that is written to a store in memory under its guard?</summary>
public class MemoryCommit
{
    private readonly ConcurrentDictionary<BotId, BotSnapshot> _known = new();
    private readonly InMemoryBotStore _store = new();
    private readonly BotCommit[] _commits;
    private readonly BotSnapshot _owned;

    public MemoryCommit()
    {
        // The mark of an allocation changes nothing that its own guard asks for, so it can be written again and again.
        ScheduledBot bot = ((ScheduledBot)Bot.FromSnapshot(BenchBots.New(MicroAgenda.Now))).ClaimedBy(new NodeId(Guid.CreateVersion7()));
        _owned = bot.ToSnapshot();
        _commits = [Transition.ToCommit(bot, bot.BeginStaging(), MicroAgenda.Now) with { History = [] }];
    }

    [GlobalSetup]
    public void Fill()
    {
        _ = _store.InsertAsync([_owned], CancellationToken.None);
        _known[_owned.Id] = _owned;
        if (!Store() || !Store())
        {
            throw new InvalidOperationException("The commit is fenced.");
        }
    }

    /// <summary>Replaces the object where it is the one expected.</summary>
    [Benchmark(Baseline = true)]
    public bool ConcurrentDictionary() => _known.TryUpdate(_owned.Id, _owned, _owned);

    [Benchmark]
    public bool Store() => _store.CommitAsync(_commits, CancellationToken.None).Result[0] == CommitOutcome.Applied;
}
