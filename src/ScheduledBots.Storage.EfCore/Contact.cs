using System.Data;
using System.Data.Common;

namespace ScheduledBots.Storage.EfCore;

/// <summary>Whether one call ever had a connection. A call that had none is known not to have happened, and another cure helps.</summary>
/// <remarks>Thread-safe: written by the call, read by whoever has stopped waiting for it.</remarks>
internal sealed class Contact
{
    private volatile bool _wasMade;

    public bool WasMade => _wasMade;

    /// <summary>Watches until what it returns is disposed: a host may pool contexts, and their connections live longer than a call.</summary>
    public IDisposable Watch(DbConnection connection)
    {
        _wasMade |= connection.State == ConnectionState.Open;
        connection.StateChange += OnChange;
        return new Watching(this, connection);
    }

    private void OnChange(object sender, StateChangeEventArgs change) => _wasMade |= change.CurrentState == ConnectionState.Open;

    private sealed class Watching(Contact contact, DbConnection connection) : IDisposable
    {
        public void Dispose() => connection.StateChange -= contact.OnChange;
    }
}
