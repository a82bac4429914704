using ScheduledBots.Lifecycle;

namespace ScheduledBots.Execution;

/// <summary>
/// One call of the host's code that somebody may give up: whoever concludes it first, the call or the giver-up, decides
/// what became of it; the other one is too late. The host's thread is never waited for.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal abstract class HostCall(BotId id, Fence fence) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _lock = new();
    private bool _concluded;

    /// <summary>The pair that names the call: no two calls share one.</summary>
    public (BotId Id, Fence Fence) Key { get; } = (id, fence);

    /// <summary>Cancelled when the call is given up.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Whether nobody has concluded the call.</summary>
    public bool IsOpen => WhileOpen(this, static _ => { });

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
    /// <param name="state">What it needs; so nothing is allocated before a joiner is called.</param>
    /// <param name="action">What it does.</param>
    /// <returns>Whether it was done.</returns>
    public bool WhileOpen<TState>(TState state, Action<TState> action)
    {
        lock (_lock)
        {
            if (!_concluded)
            {
                action(state);
            }

            return !_concluded;
        }
    }

    /// <summary>Asks the host's code to stop. Its callbacks run here and may block, so never on a thread that somebody waits for.</summary>
    public void Cancel() => CancelQuietly(_cancellation);

    /// <inheritdoc/>
    public void Dispose() => _cancellation.Dispose();

    private protected static void CancelQuietly(CancellationTokenSource cancellation)
    {
        try
        {
            cancellation.Cancel();
        }
        catch (AggregateException)
        {
            // A callback of the host's code threw. It was asked, and the call is given up all the same.
        }
    }
}
