using BenchmarkDotNet.Attributes;
using ScheduledBots.Timing;

namespace ScheduledBots.Benchmarks.Micro;

/// <summary>What does an entry cost that is added to a structure which grows from nothing, and how much memory does it take?</summary>
public class WheelInsert
{
    private const int Entries = 100_000;

    private readonly MicroDues _dues = new();

    [Benchmark(Baseline = true, OperationsPerInvoke = Entries)]
    public object PriorityQueue()
    {
        var heap = new PriorityQueue<int, long>();
        for (int i = 0; i < Entries; i++)
        {
            heap.Enqueue(i, _dues.After(0));
        }

        return heap;
    }

    [Benchmark(OperationsPerInvoke = Entries)]
    public object SortedSet()
    {
        var tree = new SortedSet<(long Due, int Number)>();
        for (int i = 0; i < Entries; i++)
        {
            tree.Add((_dues.After(0), i));
        }

        return tree;
    }

    [Benchmark(OperationsPerInvoke = Entries)]
    public object Wheel()
    {
        var wheel = new TimingWheel<int>(0);
        for (int i = 0; i < Entries; i++)
        {
            wheel.Schedule(_dues.After(0), i);
        }

        return wheel;
    }
}
