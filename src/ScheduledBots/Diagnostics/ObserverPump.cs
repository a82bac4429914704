using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using ScheduledBots.Extensibility;

namespace ScheduledBots.Diagnostics;

/// <summary>
/// The bounded queue and the thread of one observer. A thread of its own and not the shared pool, because an observer
/// may block: on the pool that would delay the engine's own work.
/// </summary>
/// <remarks>Thread-safe; posting never waits for the observer.</remarks>
internal sealed class ObserverPump : IDisposable
{
    /// <summary>The most events that wait for one observer; the oldest gives way to the newest.</summary>
    public const int Capacity = 10_000;

    /// <summary>How long the disposal waits for the rest to be delivered.</summary>
    public static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(2);

    private readonly IBotObserver _observer;
    private readonly string _name;
    private readonly SchedulerMetrics _metrics;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private readonly Queue<BotEvent> _queue = new();
    private readonly CancellationTokenSource _stopping = new();
    private long _dropped;
    private bool _isFailing;
    private bool _closed;

    public ObserverPump(IBotObserver observer, SchedulerMetrics metrics, ILogger log)
    {
        _observer = observer;
        _name = observer.GetType().Name;
        _metrics = metrics;
        _log = log;
        _thread = new Thread(Run) { IsBackground = true, Name = "ScheduledBots observer " + _name };
        _thread.UnsafeStart();
    }

    /// <summary>Queues an event.</summary>
    public void Post(BotEvent botEvent)
    {
        bool beginsToDrop = false;
        lock (_gate)
        {
            if (_closed)
            {
                return; // the scheduler is disposed; there is nobody left to tell
            }

            if (_queue.Count == Capacity)
            {
                _queue.Dequeue();
                beginsToDrop = _dropped++ == 0;
                _metrics.ObserverDropped(_name);
            }

            _queue.Enqueue(botEvent);
            Monitor.Pulse(_gate);
        }

        if (beginsToDrop)
        {
            Log.ObserverBehind(_log, _name, Capacity);
        }
    }

    /// <summary>Takes no more events. <see cref="Dispose"/> then waits for those that are queued.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits a limited time for the rest to be delivered; what an observer still blocks is left behind.</summary>
    public void Dispose()
    {
        Close();
        if (_thread.Join(FlushTime))
        {
            _stopping.Dispose();
            return;
        }

        _ = _stopping.CancelAsync();
        lock (_gate)
        {
            Log.ObserverLeft(_log, _name, _queue.Count);
            _queue.Clear();
        }
    }

    private void Run()
    {
        while (TryTake(out BotEvent? botEvent))
        {
            Deliver(botEvent);
        }
    }

    private bool TryTake([NotNullWhen(true)] out BotEvent? botEvent)
    {
        long dropped;
        lock (_gate)
        {
            if (_queue.TryDequeue(out botEvent))
            {
                return true;
            }

            (dropped, _dropped) = (_dropped, 0);
        }

        if (dropped > 0)
        {
            Log.ObserverCaughtUp(_log, _name, dropped);
        }

        lock (_gate)
        {
            while (_queue.Count == 0 && !_closed)
            {
                Monitor.Wait(_gate);
            }

            return _queue.TryDequeue(out botEvent);
        }
    }

    private void Deliver(BotEvent botEvent)
    {
        try
        {
            _observer.OnEventAsync(botEvent, _stopping.Token)?.GetAwaiter().GetResult();
            _isFailing = false;
        }
        catch (Exception error)
        {
            // Its words are the host's, so only the type is said; once until it succeeds again, but counted each time.
            _metrics.ObserverFailed(_name);
            if (!_isFailing)
            {
                _isFailing = true;
                Log.ObserverFailed(_log, _name, error.GetType().Name, botEvent.Kind, botEvent.Id);
            }
        }
    }
}
