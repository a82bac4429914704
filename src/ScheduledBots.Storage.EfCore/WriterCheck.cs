namespace ScheduledBots.Storage.EfCore;

/// <summary>
/// Asks now and then whether this library has become too old for the tables: each look is a statement. Asked within the statement that
/// inserts one bot it cost an eighth of the creations.
/// </summary>
/// <param name="opening">Asks, and refuses.</param>
/// <param name="calls">Makes the call.</param>
/// <param name="time">Measures how long ago it was.</param>
/// <param name="asksAtOnce">Whether the first time is one of those at which it asks; whoever has just opened the store knows the answer.</param>
/// <remarks>Thread-safe; of several that come at once, each may ask.</remarks>
internal sealed class WriterCheck(StoreOpening opening, StoreCalls calls, TimeProvider time, bool asksAtOnce)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private const long Never = long.MinValue;
    private long _askedAt = asksAtOnce ? Never : time.GetTimestamp();

    /// <exception cref="InvalidOperationException">It is too old. Then it is asked every time, so that everybody hears why.</exception>
    public async Task NowAndThenAsync(CancellationToken cancellationToken)
    {
        long at = Volatile.Read(ref _askedAt);
        if (at == Never || time.GetElapsedTime(at) >= Interval)
        {
            await calls.CallAsync(opening.CheckWriterAsync, cancellationToken);
            Volatile.Write(ref _askedAt, time.GetTimestamp());
        }
    }
}
