namespace ScheduledBots.Storage.EfCore;

/// <summary>A call of the store that nobody waits for any more.</summary>
/// <param name="wasConnected">Whether it ever had a connection: without one, nothing can have happened.</param>
/// <param name="innerException">How the waiting ended.</param>
internal sealed class StoreSilenceException(bool wasConnected, Exception? innerException) : Exception("The database did not answer in time.", innerException)
{
    public bool WasConnected { get; } = wasConnected;
}
