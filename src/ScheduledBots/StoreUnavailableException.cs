namespace ScheduledBots;

/// <summary>
/// The store did not answer, or refused to work now: the database cannot be reached, is overloaded, or is read-only. Whether
/// the call took effect is not known; scheduling with a deduplication key is safe to repeat.
/// </summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Says what happened.</summary>
    /// <param name="message">What was found and what to do; no secrets.</param>
    /// <param name="innerException">What the database's driver said, or null.</param>
    public StoreUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
