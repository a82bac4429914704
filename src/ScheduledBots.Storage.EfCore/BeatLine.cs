using Microsoft.EntityFrameworkCore;

namespace ScheduledBots.Storage.EfCore;

/// <summary>
/// The connection of a node's beats, open between them. A beat ends in time whatever the network does: it is made by a thread of
/// its own, and where no answer comes, thread and connection are left behind and the next beat gets new ones.
/// </summary>
/// <remarks>
/// <para>Thread-safe: one beat at a time. No shared pool stands between a beat and the database, so a starved one kills no node.</para>
/// <para>A driver's own time-out is not enough. Where packets vanish without a word, Npgsql notices it after its time-out
/// and then asks the server, over a second connection into the same hole, to cancel: its time to connect, 15 seconds
/// unless the host says otherwise. A node that stood so long was declared dead after a partition of three seconds.</para>
/// </remarks>
internal sealed class BeatLine(IContextSource contexts, StoreFaults faults) : IDisposable
{
    /// <summary>The most threads that still wait for their driver to give up.</summary>
    private const int MaxLeftBehind = 16;

    private readonly Lock _lock = new();
    private readonly List<BeatThread> _leftBehind = [];
    private BeatThread? _thread;
    private bool _isDisposed;

    /// <summary>Makes one beat; it blocks, for <see cref="StoreCalls.ClientTimeout"/> at most.</summary>
    /// <exception cref="StoreUnavailableException">The database did not answer; the next beat opens a new connection.</exception>
    public BeatOutcome Beat(Func<DbContext, BeatOutcome> beat)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            try
            {
                _thread ??= NewThread();
                return _thread.Ask(beat, StoreCalls.ClientTimeout);
            }
            catch (Exception error)
            {
                LeaveBehind();
                throw faults.Translate(error) ?? error;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            LeaveBehind();
        }
    }

    private BeatThread NewThread()
    {
        _leftBehind.RemoveAll(thread => thread.HasEnded);
        return _leftBehind.Count < MaxLeftBehind ? new BeatThread(contexts) : throw new StoreSilenceException(wasConnected: false, null);
    }

    private void LeaveBehind()
    {
        if (_thread is { } thread)
        {
            _thread = null;
            _leftBehind.Add(thread);
            thread.End();
        }
    }
}
