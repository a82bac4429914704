using BenchmarkDotNet.Attributes;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Benchmarks.Micro;

/// <summary>What does a bot cost that is taken onto an agenda, which has to wait for its staging time?</summary>
public class AgendaPlan
{
    private const int Bots = 10_000;

    private readonly Bot[] _bots = MicroAgenda.NewBots(Bots, MicroAgenda.Now.AddDays(1));

    /// <summary>The least that somebody has to do who wants to know which bot is next.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Bots)]
    public object PriorityQueue()
    {
        var queue = new PriorityQueue<Bot, DateTimeOffset>();
        foreach (Bot bot in _bots)
        {
            queue.Enqueue(bot, bot.JoinAt);
        }

        return queue;
    }

    [Benchmark(OperationsPerInvoke = Bots)]
    public object Agenda()
    {
        var agenda = new MicroAgenda(Bots);
        agenda.Load(_bots);
        return agenda;
    }
}
