namespace ScheduledBots.Simulation.World;

/// <summary>
/// The one clock and the one queue: what happens next happens now, and time jumps to it. Everything in a run, the
/// engines' threads and timers, the network and the store, is an occurrence here; so one seed is one order.
/// </summary>
internal sealed class Timeline
{
    /// <summary>More than any run needs: one that gets here goes round in circles.</summary>
    public const int MaxOccurrences = 3_000_000;

    /// <summary>The true time at which every run begins.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Occurrence, (long At, long Number)> _queue = new();
    private readonly int _threadId = Environment.CurrentManagedThreadId;
    private long _number;

    /// <summary>True time since the start, in ticks of 100 ns. No node can see it.</summary>
    public long Now { get; private set; }

    /// <summary>How many occurrences there were.</summary>
    public int Count { get; private set; }

    /// <summary>Receives what an occurrence throws; in production it would end the process.</summary>
    public Action<Process?, Exception>? OnFault { get; set; }

    public DateTimeOffset TrueTime => Start.AddTicks(Now);

    public Occurrence Add(long delay, Process? process, SynchronizationContext? context, SendOrPostCallback action, object? state)
    {
        AssertThread();
        var occurrence = new Occurrence(process, context, action, state);
        Enqueue(occurrence, Now + Math.Max(0, delay));
        return occurrence;
    }

    /// <summary>Something that happens to the world, outside every process.</summary>
    public void AddAt(TimeSpan at, Action action) => Add(at.Ticks - Now, null, null, static state => ((Action)state!)(), action);

    /// <summary>Lets everything happen until an instant, or until nothing is left.</summary>
    public void RunUntil(TimeSpan until)
    {
        SynchronizationContext? outside = SynchronizationContext.Current;
        try
        {
            while (_queue.TryPeek(out Occurrence? occurrence, out (long At, long Number) key) && key.At <= until.Ticks)
            {
                if (Count >= MaxOccurrences)
                {
                    OnFault?.Invoke(null, new InvalidOperationException($"{MaxOccurrences} occurrences and no end: the run goes round in circles."));
                    return;
                }

                _queue.Dequeue();
                Now = key.At;
                Step(occurrence);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
        }

        Now = until.Ticks;
    }

    /// <summary>Work that left the thread would make a run depend on the machine it runs on.</summary>
    public void AssertThread()
    {
        if (Environment.CurrentManagedThreadId != _threadId)
        {
            throw new InvalidOperationException($"Something of the run escaped to thread {Environment.CurrentManagedThreadId}:\n{Environment.StackTrace}");
        }
    }

    private void Step(Occurrence occurrence)
    {
        if (occurrence.IsCancelled || occurrence.Process is { IsAlive: false })
        {
            return;
        }

        if (occurrence.Process?.Machine.FrozenUntil is { } thaw && thaw > Now)
        {
            Enqueue(occurrence, thaw);
            return;
        }

        Count++;
        SynchronizationContext.SetSynchronizationContext(occurrence.Context);
        try
        {
            occurrence.Run();
        }
        catch (Exception error) when (OnFault is not null)
        {
            OnFault(occurrence.Process, error);
        }
    }

    private void Enqueue(Occurrence occurrence, long at) => _queue.Enqueue(occurrence, (at, _number++));
}
