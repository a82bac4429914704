using Microsoft.EntityFrameworkCore;

namespace ScheduledBots.Storage.EfCore;

/// <summary>The connection of a node's beats: open between them, used on the caller's thread, given up after a failure.</summary>
/// <remarks>Thread-safe: one beat at a time.</remarks>
internal sealed class BeatLine(IContextSource contexts, StoreFaults faults, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private LentContext? _lent;

    /// <summary>Makes one beat; it blocks.</summary>
    /// <exception cref="StoreUnavailableException">The database did not answer; the next beat opens a new connection.</exception>
    public BeatOutcome Beat(Func<DbContext, BeatOutcome> beat)
    {
        lock (_lock)
        {
            try
            {
                _lent ??= Open();
                return beat(_lent.Value.Context);
            }
            catch (Exception error)
            {
                Close();
                throw faults.Translate(error) ?? error;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            Close();
        }
    }

    /// <summary>Opening has no end of its own that could be set without knowing the driver, so it gets one; it is rare.</summary>
    private LentContext Open()
    {
        LentContext lent = contexts.Lend();
        lent.Context.Database.SetCommandTimeout(StoreCalls.ClientTimeout);
        Task opening = lent.Context.Database.OpenConnectionAsync();
        try
        {
            opening.WaitAsync(StoreCalls.ClientTimeout, time).GetAwaiter().GetResult();
            return lent;
        }
        catch
        {
            _ = opening.ContinueWith(_ => lent.DisposeAsync().AsTask(), TaskScheduler.Default);
            throw;
        }
    }

    private void Close()
    {
        if (_lent is { } lent)
        {
            _lent = null;
            lent.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
