using ScheduledBots.Diagnostics;
using ScheduledBots.Execution;
using ScheduledBots.Planning;

namespace ScheduledBots;

/// <summary>How an engine is started and taken down, in order. It goes one way: new, starting, running, ended.</summary>
internal sealed partial class ScheduledBotsEngine
{
    private const int New = 0, Starting = 1, Running = 2, Ended = 3;

    /// <summary>How long to wait before a store that cannot be reached at the start is asked again.</summary>
    private static readonly TimeSpan StoreRetryDelay = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopped = new();
    private readonly TaskCompletionSource _storeIsAwaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _writing = Task.CompletedTask;
    private int _state;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default) => _background.RunAsync(() => StartPartsAsync(cancellationToken));

    /// <summary>
    /// The same for a host, which waits for each of its services in turn: a store that cannot be reached yet keeps none of the
    /// others from starting, least of all the one that answers for the health of the process.
    /// </summary>
    /// <returns>A task that ends when the engine works or waits for its store.</returns>
    public async Task StartInHostAsync(CancellationToken cancellationToken)
    {
        Task starting = StartAsync(cancellationToken);
        if (await Task.WhenAny(starting, _storeIsAwaited.Task).ConfigureAwait(false) == starting)
        {
            await starting.ConfigureAwait(false);
        }
        else
        {
            _background.Post(() => _ = WatchAsync(starting));
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken = default) => _background.RunAsync(() => DrainAsync(cancellationToken));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        Dispose();
    }

    /// <summary>Without a drain: what is planned stays in the store.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _state, Ended) != Ended)
        {
            _background.Post(() => _ = TakeDownAsync(leaves: false));
        }

        _stagingWorkers.Dispose();
        _joiningWorkers.Dispose();
        _cancellingWorkers.Dispose();
        _beatWorkers?.Dispose();
    }

    private async Task StartPartsAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Starting, New) != New)
        {
            throw new InvalidOperationException("The engine was started or stopped before; an engine runs once. Build a new container for a new one.");
        }

        // Before anybody can see it running: the signal that asks for a drain must find the queue open.
        _signals.Open(_waker.Signal);
        await PrepareStoreAsync(cancellationToken);
        if (Interlocked.CompareExchange(ref _state, Running, Starting) != Starting)
        {
            throw new InvalidOperationException("The engine was stopped while it started; an engine runs once. Build a new container for a new one.");
        }

        _writing = _background.RunAsync(WriteAsync);
        Show();
        _waker.Start(Turn);
        NameNode();
        _beat?.Start(_beatWaker!);
        _rehearse();
        Log.Started(_log, _self.Id, _store.Traits.Name, _waker.Description, _options.StagingLead);
        if (!_store.Traits.IsDurable)
        {
            Log.NotDurable(_log);
        }

        // Only told: whoever wants a dead node's bots adopted sooner may choose so.
        TimeSpan enough = _options.StoreTimeout + (4 * _options.BeatInterval);
        if (_beat is not null && _options.NodeTimeToLive < enough)
        {
            Log.TimeToLiveShort(_log, _options.NodeTimeToLive, enough);
        }
    }

    /// <summary>
    /// A store that cannot be reached yet is waited for: after a power cut, a process is often up before its database. Any other
    /// failure ends the engine: nothing runs yet, and a drain would wait for a loop that never had a turn.
    /// </summary>
    private async Task PrepareStoreAsync(CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopped.Token);
        try
        {
            while (!await TryPrepareStoreAsync(cancellationToken))
            {
                await Task.Delay(StoreRetryDelay, _timeProvider, giveUp.Token);
            }
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // Stopped while it waited; whoever starts it hears of that next.
        }
        catch
        {
            if (Interlocked.Exchange(ref _state, Ended) == Starting)
            {
                await TakeDownAsync(leaves: false);
            }

            throw;
        }
    }

    private async Task<bool> TryPrepareStoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _store.InitializeAsync(cancellationToken);
            return true;
        }
        catch (StoreUnavailableException error) when (Volatile.Read(ref _state) == Starting)
        {
            _telemetry.Vitals.Stage = EngineStage.Waiting;
            Log.StoreAwaited(_log, error, _store.Traits.Name, StoreRetryDelay);
            _storeIsAwaited.TrySetResult();
            return false;
        }
    }

    /// <summary>Nobody waits for a start that takes long; a host that is told nothing would believe that it works.</summary>
    private async Task WatchAsync(Task starting)
    {
        try
        {
            await starting;
        }
        catch (Exception error) when (!_stopped.IsCancellationRequested || error is not InvalidOperationException)
        {
            Log.StartFailed(_log, error);
        }
        catch (InvalidOperationException)
        {
            // The host stopped it while it waited.
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        switch (Interlocked.Exchange(ref _state, Ended))
        {
            case New or Ended:
                return; // never started, or stopped before
            case Starting:
                await TakeDownAsync(leaves: false); // nothing runs yet; the start finds out when its store is prepared
                return;
        }

        _telemetry.Vitals.Stage = EngineStage.Draining;
        Log.Draining(_log, _self.Id, _telemetry.Vitals.OwnedCount, _options.ArmLead);
        try
        {
            _beat?.Drain();
            await _signals.PostAsync(new Signal.DrainRequested());
            await _loop.WhenDrainedAsync().WaitAsync(cancellationToken);
            _reconciler.ReleaseAll();
            await _allocations.WhenReleasedAsync().WaitAsync(cancellationToken);
            _commits.Complete();
            await _writing.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Log.DrainCutShort(_log);
            _stagingCalls.CancelAll();
            _joining.CancelAll();
        }
        finally
        {
            await TakeDownAsync(leaves: true);
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await _commits.RunAsync(_stopped.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopped by force: what is not written yet, the next owner finds as it was.
        }
    }

    /// <param name="leaves">Whether this node says that it left; a killed one says nothing.</param>
    private async Task TakeDownAsync(bool leaves)
    {
        _facts.Stopped();
        _telemetry.Vitals.Stage = EngineStage.Stopped;
        _signals.Close();
        await _waker.DisposeAsync();
        if (_beat is not null)
        {
            await _beatWaker!.DisposeAsync();
            await _beat.LeaveAsync(leaves, CancellationToken.None);
        }

        _commits.Complete();
        _background.Post(CancelStoreCalls);
        _allocations.ReleaseUnused(isInUse: _joiningCalls.Contains);
        Log.Stopped(_log, _self.Id);
    }

    private void CancelStoreCalls()
    {
        try
        {
            _stopped.Cancel();
        }
        catch (AggregateException)
        {
            // A callback of the store threw. It was asked, and nobody waits for it any more.
        }
    }

    /// <summary>Lets gauges and the health check see the engine.</summary>
    private void Show()
    {
        EngineVitals vitals = _telemetry.Vitals;
        foreach (CallRunner workers in (CallRunner[])[_stagingWorkers, _joiningWorkers])
        {
            if (workers is WorkerThreads threads)
            {
                vitals.Watch(threads);
            }
        }

        vitals.Node = _self;
        vitals.Waker = _waker.Description;
        vitals.IsDurable = _store.Traits.IsDurable;
        vitals.Stage = EngineStage.Running;
    }
}
