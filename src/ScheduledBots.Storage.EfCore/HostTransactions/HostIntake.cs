using Microsoft.EntityFrameworkCore;
using ScheduledBots.Lifecycle;
using ScheduledBots.Storage.EfCore.Portable;

namespace ScheduledBots.Storage.EfCore.HostTransactions;

/// <summary>
/// The store inside of a transaction of the host's: statements on the host's own context, which leave its change tracker
/// alone. It remembers what it inserted, for whoever waits for the commit.
/// </summary>
/// <remarks>Not thread-safe, as the context is not. Time-outs and retries are the host's, and so are the exceptions: it may want to try its transaction again.</remarks>
internal sealed class HostIntake(DbContext context, PortableVerbs verbs) : IIntakeStore
{
    private readonly List<BotSnapshot> _inserted = [];

    public IReadOnlyList<BotSnapshot> Inserted => _inserted;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken)
    {
        List<InsertOutcome> outcomes = [];
        foreach (BotSnapshot[] batch in bots.Chunk(verbs.MaxBatch))
        {
            IReadOnlyList<InsertOutcome> some = await verbs.InsertWithinAsync(context, batch, cancellationToken);
            _inserted.AddRange(some.Where(outcome => outcome.Inserted).Select(outcome => outcome.Bot));
            outcomes.AddRange(some);
        }

        return outcomes;
    }

    /// <inheritdoc/>
    public Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken) => verbs.Reads.FindAsync(context, id, cancellationToken);

    /// <inheritdoc/>
    public Task<BotSnapshot?> FindUnsettledAsync(string tenant, string key, CancellationToken cancellationToken) =>
        verbs.Reads.FindUnsettledAsync(context, tenant, key, cancellationToken);
}
