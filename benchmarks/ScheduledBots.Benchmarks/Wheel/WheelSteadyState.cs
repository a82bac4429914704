using BenchmarkDotNet.Attributes;
using ScheduledBots.Timing;

namespace ScheduledBots.Benchmarks.Wheel;

/// <summary>One insert and one removal at a steady 100,000 pending entries.</summary>
[MemoryDiagnoser]
public class WheelSteadyState
{
    private const int Pending = 100_000;
    private const long Month = 30L * 86_400_000_000;

    private readonly TimingWheel<int> _wheel = new(0);
    private readonly WheelHandle[] _handles = new WheelHandle[Pending];
    private readonly PriorityQueue<int, long> _heap = new();
    private readonly Random _random = new(1);
    private int _next;

    [GlobalSetup]
    public void Fill()
    {
        for (int i = 0; i < Pending; i++)
        {
            _handles[i] = _wheel.Schedule(_random.NextInt64(1, Month), i);
            _heap.Enqueue(i, _random.NextInt64(1, Month));
        }
    }

    /// <summary>A heap cannot cancel, so its removal is that of the earliest entry.</summary>
    [Benchmark(Baseline = true)]
    public int HeapEnqueueDequeue() => _heap.EnqueueDequeue(_next++, _random.NextInt64(1, Month));

    [Benchmark]
    public bool WheelInsertCancel()
    {
        _next = (_next + 1) % Pending;
        bool cancelled = _wheel.Cancel(_handles[_next]);
        _handles[_next] = _wheel.Schedule(_random.NextInt64(1, Month), _next);
        return cancelled;
    }
}
