namespace ScheduledBots.Execution;

/// <summary>Where work runs that must not run on the loop's thread.</summary>
/// <remarks>
/// Work that is posted finds no context of a caller's around it. Everything asynchronous in the engine begins on a runner
/// and therefore awaits plainly, without <c>ConfigureAwait</c>: in a host that is the same, and in a simulation the
/// runner brings a context of its own, which keeps every continuation on the simulation's one thread.
/// </remarks>
internal abstract class CallRunner : IDisposable
{
    /// <summary>Starts an action soon, on another thread.</summary>
    public abstract void Post(Action work);

    /// <summary>Starts an action when no posted one waits: what follows a call gives way to calls that have not begun.</summary>
    public virtual void PostLater(Action work) => Post(work);

    /// <summary>
    /// What is posted for later waits until <see cref="ResumeLater"/>. Whoever hands over many calls says so, lest the first
    /// ones be followed up while the last ones are still being handed over.
    /// </summary>
    public virtual void HoldLater()
    {
    }

    /// <summary>Ends what <see cref="HoldLater"/> began.</summary>
    public virtual void ResumeLater()
    {
    }

    /// <summary>Starts asynchronous work soon; the task ends as the work ends.</summary>
    public Task RunAsync(Func<Task> work)
    {
        var ended = new TaskCompletionSource();
        Post(() => _ = RunAsync(work, ended));
        return ended.Task;
    }

    /// <summary>Takes no more work; what runs is not waited for.</summary>
    public abstract void Dispose();

    private static async Task RunAsync(Func<Task> work, TaskCompletionSource ended)
    {
        try
        {
            await work();
            ended.SetResult();
        }
        catch (OperationCanceledException error)
        {
            ended.SetCanceled(error.CancellationToken);
        }
        catch (Exception error)
        {
            ended.SetException(error);
        }
    }
}
