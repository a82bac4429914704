using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.InMemory;

/// <summary>Keeps bots in the memory of this process, and dies with it: for development, tests and small hosts.</summary>
/// <remarks>Thread-safe: one lock, held shortly. Answers at once; no verb waits for anything but the lock.</remarks>
internal sealed partial class InMemoryBotStore : IBotStore
{
    private readonly Lock _lock = new();
    private readonly RowIndex _index = new();

    /// <inheritdoc/>
    public StoreTraits Traits { get; } = new() { Name = "in-memory", HasSingleEngine = true, IsDurable = false };

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_index.Find(id)?.ToSnapshot());
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> FindManyAsync(IReadOnlyList<BotId> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<BotSnapshot>>(
                [.. ids.Distinct().Select(_index.Find).OfType<BotRow>().Select(row => row.ToSnapshot())]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> ListAsync(BotQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_lock)
        {
            // Lists are for people: a scan is fast enough, and saves every bot an index entry.
            return Task.FromResult<IReadOnlyList<BotSnapshot>>([.. _index.All
                .Where(row => Matches(row, query))
                .OrderBy(row => row.JoinAt)
                .ThenBy(row => row.Id)
                .Take(query.Limit)
                .Select(row => row.ToSnapshot())]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(BotId id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<BotHistoryLine>>([.. _index.Find(id)?.History ?? []]);
        }
    }

    private static bool Matches(BotRow row, BotQuery query) =>
        (query.Status is not { } status || row.StatusAt(query.Now) == status)
        && (query.Tenant is not { } tenant || row.Tenant == tenant)
        && (query.UnsettledKey is not { } key || (row.DeduplicationKey == key && !row.IsSettled))
        && (query.From is not { } from || row.JoinAt >= from)
        && (query.Until is not { } until || row.JoinAt < until)
        && IsBehind(row, query.After);

    private static bool IsBehind(BotRow row, BotQueryPosition? place) =>
        place is not { } after || row.JoinAt > after.JoinAt || (row.JoinAt == after.JoinAt && row.Id > after.Id);

    private static Bot Read(BotRow row) => Bot.FromSnapshot(row.ToSnapshot());
}
