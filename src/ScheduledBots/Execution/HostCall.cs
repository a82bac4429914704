namespace ScheduledBots.Execution;

/// <summary>
/// One call of the host's code that somebody may give up: whoever concludes it first, the call or the giver-up, decides
/// what became of it; the other one is too late. The host's thread is never waited for.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal abstract class HostCall : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _lock = new();
    private bool _concluded;

    /// <summary>Cancelled when the call is given up.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Claims the right to decide. True exactly once.</summary>
    public bool TryConclude()
    {
        lock (_lock)
        {
            bool first = !_concluded;
            _concluded = true;
            return first;
        }
    }

    /// <summary>Does something only while nobody has concluded the call.</summary>
    public void WhileOpen(Action action)
    {
        lock (_lock)
        {
            if (!_concluded)
            {
                action();
            }
        }
    }

    /// <summary>
    /// Asks the host's code to stop, and does not wait: what its callbacks do is its own affair. They may take their
    /// time, and what they throw has no address.
    /// </summary>
    public void Cancel(CallRunner background) => background.Post(Cancel);

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();

    private void Cancel()
    {
        try
        {
            _cancellation.Cancel();
        }
        catch (AggregateException)
        {
            // The host's own callbacks threw; the call is given up either way.
        }
    }
}
