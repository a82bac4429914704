namespace ScheduledBots.Storage;

/// <summary>What an engine may rely on in a store.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record StoreTraits
{
    /// <summary>The store's name as people write it, for logs and messages.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// At most one engine runs on the store, so nobody can adopt its bots: no beat, no closing window, no hold. What an
    /// earlier engine left behind is adopted when the next one starts, because its end is proven.
    /// </summary>
    public required bool HasSingleEngine { get; init; }

    /// <summary>Whether bots survive the process.</summary>
    public required bool IsDurable { get; init; }
}
