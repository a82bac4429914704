using BenchmarkDotNet.Attributes;
using ScheduledBots.Lifecycle;
using ScheduledBots.Planning;

namespace ScheduledBots.Benchmarks.Micro;

/// <summary>What does a bot cost that its caller cancels, or moves, while it waits on an agenda?</summary>
/// <remarks>A life of ten thousand bots takes some milliseconds and is never twice the same: many of them, until all is compiled well.</remarks>
[WarmupCount(40)]
[IterationCount(20)]
public class AgendaCancel
{
    private const int Bots = 10_000;

    private readonly Bot[] _bots = MicroAgenda.NewBots(Bots, MicroAgenda.Now.AddDays(1));
    private Dictionary<BotId, Bot> _known = [];
    private MicroAgenda _agenda = new(Bots);

    [IterationSetup(Target = nameof(Dictionary))]
    public void FillDictionary() => _known = _bots.ToDictionary(bot => bot.Id);

    [IterationSetup(Target = nameof(Agenda))]
    public void FillAgenda()
    {
        _agenda = new MicroAgenda(Bots);
        _agenda.Load(_bots);
    }

    /// <summary>What somebody does who leaves the entry in a queue, where it is found to be nobody's when it is due.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Bots)]
    public int Dictionary()
    {
        int removed = 0;
        foreach (Bot bot in _bots)
        {
            removed += _known.Remove(bot.Id) ? 1 : 0;
        }

        return removed;
    }

    [Benchmark(OperationsPerInvoke = Bots)]
    public int Agenda()
    {
        foreach (Bot bot in _bots)
        {
            _agenda.Agenda.Handle(new Signal.Changed(bot.Id, bot.Fence.Next()), MicroAgenda.Now);
        }

        _agenda.Advance(MicroAgenda.Now);
        return _agenda.Agenda.Count == 0 ? Bots : throw new InvalidOperationException("A bot is still waited for.");
    }
}
