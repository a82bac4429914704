namespace ScheduledBots.Testing.Virtual;

/// <summary>
/// The one thread of a virtual host: whatever an engine posts, and every continuation of what runs here, waits in one
/// queue and runs in its order on whichever thread runs the host. So two runs that begin alike go alike.
/// </summary>
/// <remarks>
/// Posting is thread-safe. A timer's callback runs without a context, as it would on the shared pool: a continuation
/// that asked for no context then follows at once, on this thread, instead of escaping to the pool.
/// </remarks>
internal sealed class VirtualThread(VirtualTime time) : SynchronizationContext
{
    /// <summary>More than any test needs at one instant: what gets here goes round in circles.</summary>
    public const int MaxStepsAtAnInstant = 10_000_000;

    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private int _running;

    /// <summary>How long, in real time, time stands still for calls that something outside must bring on.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>Whether there are such calls; asked before each step of time.</summary>
    public Func<bool> IsWaitingOutside { get; init; } = () => false;

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_queue)
        {
            _queue.Enqueue((d, state));
            Monitor.PulseAll(_queue);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nothing that runs in virtual time may block it; await instead.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs everything that is due by an instant, and leaves the time there.</summary>
    public void RunUntil(DateTimeOffset instant) => Exclusively(() =>
    {
        do
        {
            RunPosted();
        }
        while (RunNextTimer(instant, IsWaitingOutside()));
        time.MoveTo(instant);
    });

    /// <summary>Lets time pass to the next timer and runs what follows from it.</summary>
    /// <returns>False where none is due by the instant; time then stands still.</returns>
    public bool RunToNextTimer(DateTimeOffset instant)
    {
        bool ran = false;
        Exclusively(() =>
        {
            RunPosted();
            ran = RunNextTimer(instant, IsWaitingOutside());
            RunPosted();
        });
        return ran;
    }

    /// <summary>Starts work and runs everything, letting time pass, until the work has ended.</summary>
    /// <param name="work">The work.</param>
    /// <param name="limit">How far time may pass.</param>
    /// <param name="outside">How long, in real time, to wait for other threads when nothing virtual is left that could end it.</param>
    /// <exception cref="TimeoutException">Nothing is left that could end it, or not by the instant.</exception>
    public void RunToEnd(Func<Task> work, DateTimeOffset limit, TimeSpan outside) => Exclusively(() =>
    {
        Task? task = null;
        Post(_ => task = work(), null);
        RunPosted();
        _ = task!.ContinueWith(_ => Post(static _ => { }, null), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!task!.IsCompleted)
        {
            if (!RunNextTimer(limit, isWaitingOutside: true) && !WaitForPost(outside))
            {
                throw new TimeoutException($"It has not ended, and nothing is due by {limit:O} that could end it.");
            }

            RunPosted();
        }

        task.GetAwaiter().GetResult();
    });

    private void RunPosted()
    {
        for (int i = 0; TryTake(out (SendOrPostCallback Callback, object? State) next); i++)
        {
            if (i == MaxStepsAtAnInstant)
            {
                throw new InvalidOperationException($"{MaxStepsAtAnInstant:N0} steps ran at {time.TrueNow:O} without time passing; something goes round in circles.");
            }

            InContext(this, next.Callback, next.State);
        }
    }

    private bool RunNextTimer(DateTimeOffset until, bool isWaitingOutside)
    {
        if (isWaitingOutside && Patience > TimeSpan.Zero && WaitForPost(Patience))
        {
            return true;
        }

        if (time.MoveToNext(until) is not { } timer)
        {
            return false;
        }

        InContext(null, static timer => ((VirtualTimer)timer!).Fire(), timer);
        return true;
    }

    private bool TryTake(out (SendOrPostCallback Callback, object? State) next)
    {
        lock (_queue)
        {
            return _queue.TryDequeue(out next);
        }
    }

    private bool WaitForPost(TimeSpan patience)
    {
        lock (_queue)
        {
            return _queue.Count > 0 || Monitor.Wait(_queue, patience);
        }
    }

    private static void InContext(SynchronizationContext? context, SendOrPostCallback callback, object? state)
    {
        SynchronizationContext? outside = Current;
        SetSynchronizationContext(context);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(outside);
        }
    }

    private void Exclusively(Action run)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0)
        {
            throw new InvalidOperationException("The host runs already; it is run by one thread, and never from inside a call that it makes.");
        }

        try
        {
            run();
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }
}
