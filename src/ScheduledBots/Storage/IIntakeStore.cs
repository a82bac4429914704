using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>
/// The part of a store that scheduling needs: insert bots, and find the one in the way. A storage package that can write inside
/// of a transaction of the host's implements it over that transaction.
/// </summary>
/// <remarks>
/// Called by <see cref="IHostTransactionScheduler"/>, one call at a time and from one thread; it need not be thread-safe, and seldom can be.
/// What it throws reaches the host as it is, whose transaction it is.
/// </remarks>
public interface IIntakeStore
{
    /// <summary>Inserts bots, under the contract of <see cref="IBotStore.InsertAsync"/>; what the transaction itself inserted before is found too.</summary>
    /// <param name="bots">New bots without an owner.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One outcome each, in the same order.</returns>
    Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken);

    /// <summary>Reads one bot.</summary>
    /// <param name="id">The bot.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The bot, or null where there is none.</returns>
    Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken);

    /// <summary>Reads the unsettled bot of a key.</summary>
    /// <param name="tenant">The tenant; empty for the bots of none.</param>
    /// <param name="key">The deduplication key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The bot, or null where there is none.</returns>
    Task<BotSnapshot?> FindUnsettledAsync(string tenant, string key, CancellationToken cancellationToken);
}
