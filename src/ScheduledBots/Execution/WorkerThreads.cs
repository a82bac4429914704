using System.Collections.Concurrent;

namespace ScheduledBots.Execution;

/// <summary>
/// Runs the host's code on threads of its own, so that neither a starved shared pool nor a call that blocks its thread
/// makes other bots late: when work waits and every thread is busy, another thread is added, up to the limit.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class WorkerThreads : CallRunner, IDisposable
{
    /// <summary>How long waiting work is left to the threads there are before one is added.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(2);

    private readonly string _name;
    private readonly int _maxThreads;
    private readonly Action<Exception> _onFault;
    private readonly ConcurrentQueue<Action> _queue = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly ITimer _watch;
    private int _threadCount;
    private int _busyCount;
    private int _watching;
    private volatile bool _disposed;

    /// <param name="name">The threads' name.</param>
    /// <param name="maxBlocked">How many calls may block their thread before others are late for it.</param>
    /// <param name="timeProvider">Times the patience.</param>
    /// <param name="onFault">Receives what an action throws.</param>
    public WorkerThreads(string name, int maxBlocked, TimeProvider timeProvider, Action<Exception> onFault)
    {
        _name = name;
        WarmCount = Math.Max(2, Environment.ProcessorCount);
        _maxThreads = WarmCount + maxBlocked;
        _onFault = onFault;
        _watch = timeProvider.CreateTimer(_ => Watch(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        for (int i = 0; i < WarmCount; i++)
        {
            AddThread();
        }
    }

    /// <summary>How many threads always wait for work.</summary>
    public int WarmCount { get; }

    /// <summary>How many threads there are.</summary>
    public int ThreadCount => Volatile.Read(ref _threadCount);

    /// <summary>Whether all threads that are allowed are busy while work waits.</summary>
    public bool IsSaturated => !_queue.IsEmpty && Volatile.Read(ref _busyCount) >= _maxThreads;

    /// <inheritdoc/>
    public override void Post(Action work)
    {
        _queue.Enqueue(work);
        _available.Release();
        if (Volatile.Read(ref _busyCount) >= ThreadCount && Interlocked.Exchange(ref _watching, 1) == 0)
        {
            _watch.Change(Patience, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Lets idle threads end; one that a call blocks ends with that call.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _watch.Dispose();
        _available.Release(_maxThreads);
    }

    private void Watch()
    {
        Volatile.Write(ref _watching, 0);
        if (_disposed || _queue.IsEmpty || Volatile.Read(ref _busyCount) < ThreadCount || ThreadCount >= _maxThreads)
        {
            return;
        }

        AddThread();
        Interlocked.Exchange(ref _watching, 1);
        _watch.Change(Patience, Timeout.InfiniteTimeSpan);
    }

    private void AddThread()
    {
        Interlocked.Increment(ref _threadCount);
        new Thread(Work) { IsBackground = true, Name = _name }.UnsafeStart();
    }

    private void Work()
    {
        while (true)
        {
            _available.Wait();
            if (_disposed && _queue.IsEmpty)
            {
                return;
            }

            if (!_queue.TryDequeue(out Action? work))
            {
                continue;
            }

            Interlocked.Increment(ref _busyCount);
            try
            {
                work();
            }
            catch (Exception error)
            {
                _onFault(error);
            }
            finally
            {
                Interlocked.Decrement(ref _busyCount);
            }
        }
    }
}
