using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Face;

/// <summary>The store itself, as scheduling sees it outside of any transaction of the host's.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StoreIntake(IBotStore store) : IIntakeStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken) =>
        store.InsertAsync(bots, cancellationToken);

    /// <inheritdoc/>
    public Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public async Task<BotSnapshot?> FindUnsettledAsync(string tenant, string key, CancellationToken cancellationToken)
    {
        var query = new BotQuery { Tenant = tenant, UnsettledKey = key, Limit = 1 };
        IReadOnlyList<BotSnapshot> holders = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
        return holders.Count > 0 ? holders[0] : null;
    }
}
