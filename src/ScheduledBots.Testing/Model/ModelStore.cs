using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Testing.Model;

/// <summary>
/// The store as its contract describes it, written to be read: one dictionary, one lock, a linear scan for every
/// question, and each guard in the words of <see cref="IBotStore"/>. Real stores are compared with it, and simulations
/// run on it.
/// </summary>
/// <remarks>
/// <para>Thread-safe: one lock around each verb. Answers at once and keeps everything in memory; every verb takes time
/// proportional to the number of bots, so it is no store for production.</para>
/// <para>What becomes of a row is said by the transitions of the lifecycle types; what is said here is when a verb may
/// touch a row, and which. Where a contract leaves the choice open, the model orders by (instant, id).</para>
/// </remarks>
public sealed partial class ModelStore : IBotStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<BotId, BotSnapshot> _rows = [];
    private readonly Dictionary<BotId, List<BotHistoryLine>> _history = [];

    private readonly TimeProvider? _clock;

    /// <summary>Makes a store for one engine, as the in-memory storage is.</summary>
    public ModelStore() => Traits = new StoreTraits { Name = "model", HasSingleEngine = true, IsDurable = false };

    /// <summary>Makes a store that several engines share, as a database is: it keeps their nodes and has a clock of its own.</summary>
    /// <param name="clock">The store's clock.</param>
    public ModelStore(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        Traits = new StoreTraits { Name = "shared model", HasSingleEngine = false, IsDurable = true };
    }

    /// <inheritdoc/>
    public StoreTraits Traits { get; init; }

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken) =>
        Locked(() => _rows.GetValueOrDefault(id));

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> FindManyAsync(IReadOnlyList<BotId> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return LockedList(() => ids.Distinct().Select(id => _rows.GetValueOrDefault(id)).OfType<BotSnapshot>());
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> ListAsync(BotQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return LockedList(() => _rows.Values
            .Where(row => query.Status is null || Bot.FromSnapshot(row).StatusAt(query.Now) == query.Status)
            .Where(row => query.Tenant is null || row.Tenant == query.Tenant)
            .Where(row => query.UnsettledKey is null || (row.DeduplicationKey == query.UnsettledKey && !IsSettled(row)))
            .Where(row => query.From is null || row.JoinAt >= query.From)
            .Where(row => query.Until is null || row.JoinAt < query.Until)
            .Where(row => IsBehind(row, query.After))
            .OrderBy(row => row.JoinAt)
            .ThenBy(row => row.Id)
            .Take(query.Limit));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(BotId id, CancellationToken cancellationToken) =>
        LockedList(() => _history.GetValueOrDefault(id) ?? []);

    private static bool IsBehind(BotSnapshot row, BotQueryPosition? place) =>
        place is not { } after || (row.JoinAt, row.Id).CompareTo((after.JoinAt, after.Id)) > 0;

    private void Write(BotSnapshot row, params IEnumerable<BotHistoryLine> history)
    {
        _rows[row.Id] = row;
        if (!_history.TryGetValue(row.Id, out List<BotHistoryLine>? lines))
        {
            _history[row.Id] = lines = [];
        }

        lines.AddRange(history);
    }

    private void Delete(BotId id)
    {
        _rows.Remove(id);
        _history.Remove(id);
    }

    private Task<T> Locked<T>(Func<T> verb)
    {
        lock (_lock)
        {
            return Task.FromResult(verb());
        }
    }

    /// <summary>The list is made under the lock, not when it is read.</summary>
    private Task<IReadOnlyList<T>> LockedList<T>(Func<IEnumerable<T>> verb) => Locked<IReadOnlyList<T>>(() => [.. verb()]);
}
