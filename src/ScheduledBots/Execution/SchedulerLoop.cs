using ScheduledBots.Planning;

namespace ScheduledBots.Execution;

/// <summary>
/// The heart of the engine: signals into the agenda, commands out to the steps. Only the loop touches the agenda, and
/// it never awaits anything: a turn only computes and hands over.
/// </summary>
/// <remarks>A <see cref="Waker"/> calls <see cref="Turn"/>, one call at a time; tests and simulations call it by hand.</remarks>
internal sealed class SchedulerLoop(
    SignalQueue signals, EngineClock clock, Agenda agenda, List<Command> commands, Action<Command> run, CallRunner joining, Action<Exception> onFault)
{
    /// <summary>The most signals one turn takes in, so that a flood of results cannot delay a join that is due.</summary>
    public const int MaxSignalsPerTurn = 512;

    private long _turnCount;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a drain was requested and nothing is left to wait for.</summary>
    public async Task WhenDrainedAsync() => await _drained.Task;

    /// <summary>How many turns were taken to their end.</summary>
    public long TurnCount => Volatile.Read(ref _turnCount);

    /// <summary>How many bots are on the agenda. For the loop's own thread.</summary>
    public int OwnedCount => agenda.Count;

    /// <summary>Takes in what has arrived, lets time pass, and hands out what is to be done.</summary>
    /// <returns>The next instant at which there is something to do, or null while only signals can bring work.</returns>
    public DateTimeOffset? Turn()
    {
        DateTimeOffset now = clock.Now;
        int taken = 0;
        while (taken < MaxSignalsPerTurn && signals.TryRead(out Signal? signal))
        {
            agenda.Handle(signal, now);
            taken++;
        }

        // Of a herd every bot starts before what becomes of the first one is worked out.
        joining.HoldLater();
        try
        {
            agenda.Advance(now, RunCommands);
            RunCommands();
        }
        finally
        {
            joining.ResumeLater();
        }

        if (agenda.IsDrained)
        {
            _drained.TrySetResult();
        }

        Interlocked.Increment(ref _turnCount);
        return taken == MaxSignalsPerTurn ? now : agenda.NextDeadline;
    }

    /// <summary>Each command is handed over once, and whatever one does, the others are handed over too.</summary>
    private void RunCommands()
    {
        foreach (Command command in commands)
        {
            try
            {
                run(command);
            }
            catch (Exception error)
            {
                onFault(error);
            }
        }

        commands.Clear();
    }
}
