using System.Collections.Concurrent;

namespace ScheduledBots.Execution;

/// <summary>
/// Runs the host's code on threads of its own, so that neither a starved shared pool nor a call that blocks its thread
/// makes other bots late: when work waits and every thread is busy, another thread is added, up to the limit. One that
/// found nothing to do for a while ends again.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class WorkerThreads : CallRunner
{
    /// <summary>How long waiting work is left to the threads there are before one is added.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(2);

    /// <summary>How long what comes later waits for the last that began of what comes first.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromMilliseconds(2);

    /// <summary>How long an added thread waits for work before it ends.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _idleTime;
    private readonly Action<Exception> _onFault;
    private readonly ConcurrentQueue<Action> _queue = new();
    private readonly ConcurrentQueue<Action> _later = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly ManualResetEventSlim _watchWanted = new(false, 0);
    private readonly ManualResetEventSlim _ending = new(false, 0);
    private int _threadCount;
    private int _busyCount;
    private int _firstCount;
    private long _firstBegan;

    /// <summary>How many items for later no thread has been told of.</summary>
    private int _heldCount;

    private volatile bool _holdsLater;
    private volatile bool _disposed;

    /// <param name="name">The threads' name.</param>
    /// <param name="maxBlocked">How many calls may block their thread before others are late for it.</param>
    /// <param name="onFault">Receives what an action throws.</param>
    /// <param name="idleTime">How long an added thread waits for work; null for <see cref="IdleTime"/>.</param>
    public WorkerThreads(string name, int maxBlocked, Action<Exception> onFault, TimeSpan? idleTime = null)
    {
        Name = name;
        _idleTime = idleTime ?? IdleTime;
        WarmCount = Math.Max(2, Environment.ProcessorCount);
        MaxThreads = WarmCount + maxBlocked;
        _onFault = onFault;
        for (int i = 0; i < WarmCount; i++)
        {
            AddThread();
        }

        new Thread(Watch) { IsBackground = true, Name = name + " watch" }.UnsafeStart();
    }

    /// <summary>The threads' name.</summary>
    public string Name { get; }

    /// <summary>How many threads there may be.</summary>
    public int MaxThreads { get; }

    /// <summary>How many threads are inside the host's code.</summary>
    public int BusyCount => Volatile.Read(ref _busyCount);

    /// <summary>How many threads always wait for work.</summary>
    public int WarmCount { get; }

    /// <summary>How many threads there are.</summary>
    public int ThreadCount => Volatile.Read(ref _threadCount);

    /// <summary>Whether all threads that are allowed are busy while work waits.</summary>
    public bool IsSaturated => !_queue.IsEmpty && BusyCount >= MaxThreads;

    /// <inheritdoc/>
    public override void Post(Action work)
    {
        _queue.Enqueue(work);
        Announce(1);
    }

    /// <inheritdoc/>
    public override void PostLater(Action work)
    {
        _later.Enqueue(work);
        Interlocked.Increment(ref _heldCount);
        if (!_holdsLater)
        {
            AnnounceHeld(); // read after the count was raised: whichever of us and of who resumes is last sees the other
        }
    }

    /// <inheritdoc/>
    public override void HoldLater() => _holdsLater = true;

    /// <inheritdoc/>
    public override void ResumeLater()
    {
        _holdsLater = false;
        AnnounceHeld();
    }

    /// <summary>Lets idle threads end; one that a call blocks ends with that call. What is posted later still runs.</summary>
    public override void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _ending.Set();
        _watchWanted.Set();
        _available.Release(); // each thread that ends passes it on
    }

    private void AnnounceHeld()
    {
        if (Interlocked.Exchange(ref _heldCount, 0) is var count and > 0)
        {
            Announce(count);
        }
    }

    /// <summary>Tells the threads of items that were queued.</summary>
    private void Announce(int count)
    {
        _available.Release(count);
        WatchIfStuck();
        if (_disposed)
        {
            // What a call of the host delivers after the end still has to be released: a thread comes for it and ends.
            AddThread();
        }
    }

    private bool IsStuck
    {
        get
        {
            int threads = ThreadCount;
            return threads < MaxThreads && BusyCount >= threads && !(_queue.IsEmpty && (_holdsLater || _later.IsEmpty));
        }
    }

    /// <summary>Adds a thread whenever work is stuck for the patience. A thread of its own: timers depend on the shared pool.</summary>
    private void Watch()
    {
        while (true)
        {
            _watchWanted.Wait();
            _watchWanted.Reset();
            while (!_disposed && IsStuck)
            {
                if (!_ending.Wait(Patience) && IsStuck)
                {
                    AddThread();
                }
            }

            if (_disposed)
            {
                return;
            }
        }
    }

    /// <summary>
    /// Called after each step that can make work stuck: an item came, or a thread became busy. Whichever of the two is
    /// last sees the other.
    /// </summary>
    private void WatchIfStuck()
    {
        if (IsStuck)
        {
            _watchWanted.Set();
        }
    }

    private void AddThread()
    {
        Interlocked.Increment(ref _threadCount);
        try
        {
            new Thread(Work) { IsBackground = true, Name = Name }.UnsafeStart();
        }
        catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
        {
            // The process is at its limit of threads; the work waits for those there are.
            Interlocked.Decrement(ref _threadCount);
            _onFault(error);
        }
    }

    private void Work()
    {
        while (true)
        {
            bool found = _available.Wait(_idleTime);
            if (_queue.TryDequeue(out Action? work))
            {
                RunFirst(work);
            }
            else if (_later.TryDequeue(out work))
            {
                AwaitFirst();
                Run(work);
            }
            else if (_disposed)
            {
                Interlocked.Decrement(ref _threadCount);
                _available.Release();
                return;
            }
            else if (!found && TryRetire())
            {
                // Work that came meanwhile, while all others are busy, has to see that there is one thread less.
                WatchIfStuck();
                return;
            }
        }
    }

    private bool TryRetire()
    {
        int count = ThreadCount;
        while (count > WarmCount)
        {
            int seen = Interlocked.CompareExchange(ref _threadCount, count - 1, count);
            if (seen == count)
            {
                return true;
            }

            count = seen;
        }

        return false;
    }

    private void RunFirst(Action work)
    {
        Interlocked.Increment(ref _firstCount);
        Volatile.Write(ref _firstBegan, TimeProvider.System.GetTimestamp());
        Run(work);
        Interlocked.Decrement(ref _firstCount);
    }

    /// <summary>
    /// The last of a herd may have been taken by a thread that the system has put aside: the processor goes to it, before others use
    /// that up, and the heap, on what comes later. One that blocks is not waited for.
    /// </summary>
    private void AwaitFirst()
    {
        while (Volatile.Read(ref _firstCount) > 0 && TimeProvider.System.GetElapsedTime(Volatile.Read(ref _firstBegan)) < StartTime)
        {
            _ending.Wait(StartTime / 2);
        }
    }

    private void Run(Action work)
    {
        Interlocked.Increment(ref _busyCount);
        WatchIfStuck();
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
