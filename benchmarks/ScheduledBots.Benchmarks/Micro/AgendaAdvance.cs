using BenchmarkDotNet.Attributes;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Benchmarks.Micro;

/// <summary>What does a bot cost whose instant is reached, from the question what is next to the order to join?</summary>
/// <remarks>A life of ten thousand bots takes some milliseconds and is never twice the same: many of them, until all is compiled well.</remarks>
[WarmupCount(40)]
[IterationCount(20)]
public class AgendaAdvance
{
    private const int Bots = 10_000;

    private static readonly DateTimeOffset FirstAt = MicroAgenda.Now.AddSeconds(5);
    private static readonly DateTimeOffset LastAt = FirstAt.AddSeconds(1);

    private readonly Bot[] _bots = MicroAgenda.NewBots(Bots, FirstAt);
    private PriorityQueue<Bot, DateTimeOffset> _queue = new();
    private MicroAgenda _agenda = new(Bots);

    [IterationSetup(Target = nameof(PriorityQueue))]
    public void FillQueue() => _queue = new PriorityQueue<Bot, DateTimeOffset>(_bots.Select(bot => (bot, bot.JoinAt)));

    [IterationSetup(Target = nameof(Agenda))]
    public void FillAgenda()
    {
        _agenda = new MicroAgenda(Bots);
        _agenda.LoadArmed(_bots);
    }

    /// <summary>Takes the first out again and again; joins nobody.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Bots)]
    public int PriorityQueue()
    {
        int due = 0;
        while (_queue.TryPeek(out _, out DateTimeOffset at) && at <= LastAt)
        {
            _queue.Dequeue();
            due++;
        }

        return due;
    }

    /// <summary>As the loop does: one turn a deadline, and few bots share one.</summary>
    [Benchmark(OperationsPerInvoke = Bots)]
    public int Agenda()
    {
        int commands = 0;
        while (_agenda.Agenda.NextDeadline is { } at && at <= LastAt)
        {
            commands += _agenda.Advance(at);
        }

        return commands >= Bots ? commands : throw new InvalidOperationException("Not every bot was ordered to join.");
    }
}
