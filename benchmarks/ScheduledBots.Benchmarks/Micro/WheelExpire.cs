using BenchmarkDotNet.Attributes;
using ScheduledBots.Timing;

namespace ScheduledBots.Benchmarks.Micro;

/// <summary>What does it cost to find the next deadline, let it pass and insert another entry, at a steady 100,000?</summary>
public class WheelExpire
{
    private const int Pending = 100_000;

    private readonly MicroDues _dues = new();
    private readonly TimingWheel<int> _wheel = new(0);
    private readonly List<int> _expired = [];
    private readonly PriorityQueue<int, long> _heap = new();
    private readonly SortedSet<(long Due, int Number)> _tree = [];
    private int _next = Pending;

    [GlobalSetup]
    public void Fill()
    {
        for (int i = 0; i < Pending; i++)
        {
            long due = _dues.After(0);
            _wheel.Schedule(due, i);
            _heap.Enqueue(i, due);
            _tree.Add((due, i));
        }
    }

    [Benchmark(Baseline = true)]
    public int PriorityQueue()
    {
        _heap.TryDequeue(out int number, out long due);
        _heap.Enqueue(_next++, _dues.After(due));
        return number;
    }

    [Benchmark]
    public int SortedSet()
    {
        (long Due, int Number) first = _tree.Min;
        _tree.Remove(first);
        _tree.Add((_dues.After(first.Due), _next++));
        return first.Number;
    }

    [Benchmark]
    public int Wheel()
    {
        _wheel.TryGetNextDeadline(out long due);
        _expired.Clear();
        _wheel.Advance(due, _expired);
        for (int i = 0; i < _expired.Count; i++)
        {
            _wheel.Schedule(_dues.After(due), _next++);
        }

        return _expired.Count;
    }
}
