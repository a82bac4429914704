using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots.Rehearsing;

/// <summary>A store with one engine, no callers and the bots of one rehearsal, which it has from the beginning.</summary>
/// <remarks>Thread-safe. It guards nothing: nobody else writes. Verbs of callers are refused.</remarks>
internal sealed class RehearsalStage : IBotStore
{
    private readonly Dictionary<BotId, BotSnapshot> _rows;
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _allJoined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _joinedCount;

    public RehearsalStage(DateTimeOffset now, int waveCount, int waveSize, TimeSpan interval) =>
        _rows = Enumerable.Range(0, waveCount * waveSize)
            .Select(number => new BotSnapshot
            {
                Id = BotId.New(now),
                CreatedAt = now,
                MeetingUrl = "https://rehearsal.invalid/",
                Name = "rehearsal",
                JoinAt = now + (interval * (1 + (number / waveSize))),
            })
            .ToDictionary(row => row.Id);

    /// <inheritdoc/>
    public StoreTraits Traits { get; } = new() { Name = "rehearsal", HasSingleEngine = true, IsDurable = true };

    /// <summary>How many bots have joined.</summary>
    public int JoinedCount => Volatile.Read(ref _joinedCount);

    /// <summary>Ends when every bot has joined.</summary>
    public Task WhenAllJoinedAsync() => _allJoined.Task;

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_rows.GetValueOrDefault(id));
        }
    }

    /// <inheritdoc/>
    public Task<ClaimOutcome> ClaimAsync(ClaimQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(new ClaimOutcome(
            Write(row => row is { Owner: null, IsSettled: false }, row => ((ScheduledBot)Bot.FromSnapshot(row)).ClaimedBy(query.Owner), query.Limit), null));

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> ArmAsync(ArmQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<BotSnapshot>>(Write(
            row => row is { Status: BotStatus.Staged, ArmedUntil: null } && row.JoinAt < query.DueBefore,
            row => ((StagedBot)Bot.FromSnapshot(row)).Arm(query.ArmedUntil(row.JoinAt)),
            int.MaxValue));

    /// <inheritdoc/>
    public Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (BotCommit commit in commits)
            {
                _rows[commit.Next.Id] = commit.Next;
                _joinedCount += commit.Next.Status == BotStatus.Joined ? 1 : 0;
            }

            if (_joinedCount == _rows.Count)
            {
                _allJoined.TrySetResult();
            }
        }

        return Task.FromResult<IReadOnlyList<CommitOutcome>>([.. commits.Select(_ => CommitOutcome.Applied)]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> FindManyAsync(IReadOnlyList<BotId> ids, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<BotSnapshot>>([.. ids.Where(_rows.ContainsKey).Select(id => _rows[id])]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotMark>> ReadMarksAsync(OwnedQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<BotMark>>([.. _rows.Values
                .Where(row => row.Owner == query.Owner && !row.IsSettled)
                .Where(row => query.After is not { } after || (row.JoinAt, row.Id).CompareTo((after.JoinAt, after.Id)) > 0)
                .OrderBy(row => row.JoinAt)
                .ThenBy(row => row.Id)
                .Take(query.Limit)
                .Select(BotMark.Of)]);
        }
    }

    /// <inheritdoc/>
    public Task<int> PruneAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken) => Task.FromResult(0);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> AdoptAsync(AdoptQuery query, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<BotSnapshot>>([]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken) => throw NoCallers();

    /// <inheritdoc/>
    public Task<ChangeOutcome> ChangeAsync(BotChange change, CancellationToken cancellationToken) => throw NoCallers();

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> ListAsync(BotQuery query, CancellationToken cancellationToken) => throw NoCallers();

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(BotId id, CancellationToken cancellationToken) => throw NoCallers();

    /// <inheritdoc/>
    public Task<ChangeOutcome> EraseAsync(BotId id, CancellationToken cancellationToken) => throw NoCallers();

    /// <inheritdoc/>
    public Task<BeatOutcome> BeatAsync(BeatQuery query, CancellationToken cancellationToken) => throw NoCallers();

    /// <inheritdoc/>
    public Task<bool> DeclareDeadAsync(NodeId node, long observedBeat, CancellationToken cancellationToken) => throw NoCallers();

    private List<BotSnapshot> Write(Func<BotSnapshot, bool> isMeant, Func<BotSnapshot, Bot> next, int limit)
    {
        lock (_lock)
        {
            List<BotSnapshot> written = [.. _rows.Values.Where(isMeant).Take(limit).Select(row => next(row).ToSnapshot())];
            written.ForEach(row => _rows[row.Id] = row);
            return written;
        }
    }

    private static NotSupportedException NoCallers() => new("A rehearsal has one engine and no callers.");
}
