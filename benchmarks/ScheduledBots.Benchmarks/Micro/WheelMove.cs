using BenchmarkDotNet.Attributes;
using ScheduledBots.Timing;

namespace ScheduledBots.Benchmarks.Micro;

/// <summary>What does it cost to cancel an entry and to insert it for another time, among 100,000?</summary>
public class WheelMove
{
    private const int Pending = 100_000;

    private readonly MicroDues _dues = new();
    private readonly TimingWheel<int> _wheel = new(0);
    private readonly WheelHandle[] _handles = new WheelHandle[Pending];
    private readonly PriorityQueue<int, long> _heap = new();
    private readonly SortedSet<(long Due, int Number)> _tree = [];
    private readonly long[] _placed = new long[Pending];
    private int _next;

    [GlobalSetup]
    public void Fill()
    {
        for (int i = 0; i < Pending; i++)
        {
            _placed[i] = _dues.After(0);
            _handles[i] = _wheel.Schedule(_placed[i], i);
            _heap.Enqueue(i, _placed[i]);
            _tree.Add((_placed[i], i));
        }
    }

    [Benchmark(Baseline = true)]
    public bool SortedSet()
    {
        int number = Next();
        bool removed = _tree.Remove((_placed[number], number));
        _placed[number] = _dues.After(0);
        _tree.Add((_placed[number], number));
        return removed;
    }

    /// <summary>A heap has to look for what it removes.</summary>
    [Benchmark]
    public bool PriorityQueue()
    {
        int number = Next();
        bool removed = _heap.Remove(number, out _, out _);
        _heap.Enqueue(number, _dues.After(0));
        return removed;
    }

    [Benchmark]
    public bool Wheel()
    {
        int number = Next();
        bool cancelled = _wheel.Cancel(_handles[number]);
        _handles[number] = _wheel.Schedule(_dues.After(0), number);
        return cancelled;
    }

    // A large stride: neighbours were not inserted one after the other.
    private int Next() => _next = (_next + 61_803) % Pending;
}
