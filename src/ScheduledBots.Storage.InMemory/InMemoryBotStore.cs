using System.Diagnostics;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage.InMemory;

/// <summary>Keeps bots in the memory of this process, and dies with it: for development, tests and small hosts.</summary>
/// <remarks>Thread-safe: one lock, held shortly. Answers at once; no verb waits for anything but the lock.</remarks>
internal sealed class InMemoryBotStore : IBotStore
{
    private readonly Lock _lock = new();
    private readonly RowIndex _index = new();

    /// <inheritdoc/>
    public StoreTraits Traits { get; } = new() { Name = "in-memory", HasSingleEngine = true, IsDurable = false };

    /// <inheritdoc/>
    public Task InitializeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bots);
        lock (_lock)
        {
            var outcomes = new InsertOutcome[bots.Count];
            for (int i = 0; i < outcomes.Length; i++)
            {
                outcomes[i] = Insert(bots[i]);
            }

            return Task.FromResult<IReadOnlyList<InsertOutcome>>(outcomes);
        }
    }

    /// <inheritdoc/>
    public Task<ChangeOutcome> ChangeAsync(BotChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_lock)
        {
            return Task.FromResult(Change(change));
        }
    }

    /// <inheritdoc/>
    public Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_index.Find(id)?.ToSnapshot());
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

    /// <inheritdoc/>
    /// <remarks>One engine uses this store: there is nobody to show that it lives, and no clock but its own.</remarks>
    public Task<BeatOutcome> BeatAsync(BeatQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(new BeatOutcome(Applied: true, StoreNow: null, Nodes: []));

    /// <inheritdoc/>
    public Task<bool> DeclareDeadAsync(NodeId node, long observedBeat, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> AdoptAsync(AdoptQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            BotRow[] lost = [.. _index.Owned
                .Where(row => row.Owner != query.Owner && query.Takes(row.ToSnapshot()))
                .OrderBy(row => row.JoinAt)
                .ThenBy(row => row.Id)
                .Take(query.Limit)];
            return Task.FromResult<IReadOnlyList<BotSnapshot>>([.. lost.Select(row => Write(row, query.Adopt(row.ToSnapshot(), null)))]);
        }
    }

    /// <inheritdoc/>
    public Task<ClaimOutcome> ClaimAsync(ClaimQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            BotRow[] due = [.. _index.Unowned
                .TakeWhile(row => row.JoinAt < query.DueBefore)
                .Where(row => row.NotBefore is not { } notBefore || notBefore <= query.Now)
                .Take(query.Limit)];
            BotSnapshot[] claimed = [.. due.Select(row => Write(row, ClaimedBy(Read(row), query.Owner)))];
            return Task.FromResult(new ClaimOutcome(claimed, claimed.Length < query.Limit ? NextJoinAt(query) : null));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> ArmAsync(ArmQuery query, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            BotRow[] due = [.. _index.Armable
                .TakeWhile(row => row.JoinAt < query.DueBefore)
                .Where(row => row.Owner == query.Owner && (row.NotBefore is not { } notBefore || notBefore <= query.Now))];
            return Task.FromResult<IReadOnlyList<BotSnapshot>>(
                [.. due.Select(row => Write(row, ((StagedBot)Read(row)).Arm(query.ArmedUntil(row.JoinAt))))]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commits);
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<CommitOutcome>>([.. commits.Select(Commit)]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BotSnapshot>> ReadOwnedAsync(NodeId owner, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<BotSnapshot>>(
                [.. _index.Owned.Where(row => row.Owner == owner).Select(row => row.ToSnapshot())]);
        }
    }

    /// <inheritdoc/>
    public Task<int> PruneAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            BotRow[] old = [.. _index.Settled.TakeWhile(row => row.SettledAt < settledBefore).Take(limit)];
            foreach (BotRow row in old)
            {
                _index.Remove(row);
            }

            return Task.FromResult(old.Length);
        }
    }

    /// <inheritdoc/>
    public Task<ChangeOutcome> EraseAsync(BotId id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            BotRow? row = _index.Find(id);
            if (row is { IsSettled: true })
            {
                _index.Remove(row);
            }

            ChangeVerdict verdict = row is null ? ChangeVerdict.NotFound : row.IsSettled ? ChangeVerdict.Applied : ChangeVerdict.WrongState;
            return Task.FromResult(new ChangeOutcome(verdict, row?.ToSnapshot()));
        }
    }

    private InsertOutcome Insert(BotSnapshot bot)
    {
        if ((_index.Find(bot.Id) ?? _index.FindUnsettled(bot.Tenant, bot.DeduplicationKey)) is { } existing)
        {
            return new InsertOutcome(existing.ToSnapshot(), Inserted: false);
        }

        _index.Add(new BotRow(bot));
        return new InsertOutcome(bot, Inserted: true);
    }

    private ChangeOutcome Change(BotChange change)
    {
        BotRow? row = _index.Find(change.Id);
        if (row is null || (change.Tenant is { } tenant && tenant != row.Tenant))
        {
            return new ChangeOutcome(ChangeVerdict.NotFound, null);
        }

        Bot bot = Read(row);
        Bot? next = change.Kind switch
        {
            BotChangeKind.Update when !change.Fences => bot,
            BotChangeKind.Update => Update(bot as ScheduledBot, change),
            BotChangeKind.Cancel => (bot as ScheduledBot)?.Cancel(change.At),
            BotChangeKind.Abort => bot is StagedBot { ArmedUntil: null } staged ? staged.Abort(change.At) : null,
            _ => throw new UnreachableException($"{change.Kind} is not a change"),
        };
        if (next is null)
        {
            return new ChangeOutcome(ChangeVerdict.WrongState, row.ToSnapshot());
        }

        if (change.ExpectedVersion is { } expected && expected != row.Version)
        {
            return new ChangeOutcome(ChangeVerdict.WrongVersion, row.ToSnapshot());
        }

        BotSnapshot snapshot = next.ToSnapshot();
        snapshot = snapshot with
        {
            MeetingUrl = change.MeetingUrl ?? snapshot.MeetingUrl,
            Name = change.Name ?? snapshot.Name,
            Metadata = change.Metadata ?? snapshot.Metadata,
        };
        _index.Change(row, () => row.Write(snapshot, row.Version + 1));
        if (change.Fences)
        {
            row.AddHistory([new BotHistoryLine(change.At, bot.Status, next.Status, null, next.Attempt, next.LastFailure?.Reason)]);
        }

        return new ChangeOutcome(ChangeVerdict.Applied, row.ToSnapshot());
    }

    private static ScheduledBot? Update(ScheduledBot? bot, BotChange change) => change.JoinAt is { } joinAt
        ? bot?.Reschedule(joinAt, change.At)
        : bot?.Redirect(change.MeetingUrl ?? bot.MeetingUrl, change.Name ?? bot.Name);

    private CommitOutcome Commit(BotCommit commit)
    {
        BotRow? row = _index.Find(commit.Next.Id);
        if (row is null || row.Owner != commit.Owner || row.Fence != commit.Fence || row.Status != commit.From)
        {
            return CommitOutcome.Fenced;
        }

        // An arming may have come between the engine's decision and its commit: the attempt it counted stays counted.
        int attempt = Math.Max(row.Engine?.Attempt ?? 0, commit.Next.Attempt);
        _index.Change(row, () => row.WriteEngine(commit.Next with { Attempt = attempt }, row.Version + 1));
        row.AddHistory(commit.History);
        return CommitOutcome.Applied;
    }

    /// <summary>The earliest bot that a later claim could take. Only asked after a claim that left none but those in back-off.</summary>
    private DateTimeOffset NextJoinAt(ClaimQuery query)
    {
        DateTimeOffset next = DateTimeOffset.MaxValue;
        foreach (BotRow row in _index.Unowned)
        {
            if (row.JoinAt >= next)
            {
                break; // the rows come by JoinAt, and a back-off only makes one later
            }

            DateTimeOffset again = row.NotBefore is { } notBefore && notBefore > query.Now
                ? Later(notBefore, query.DueBefore - query.Now)
                : row.JoinAt;
            again = again < row.JoinAt ? row.JoinAt : again;
            next = again < next ? again : next;
        }

        return next;
    }

    private static DateTimeOffset Later(DateTimeOffset instant, TimeSpan by) =>
        by > DateTimeOffset.MaxValue - instant ? DateTimeOffset.MaxValue : instant + by;

    private static bool Matches(BotRow row, BotQuery query) =>
        (query.Status is not { } status || row.StatusAt(query.Now) == status)
        && (query.Tenant is not { } tenant || row.Tenant == tenant)
        && (query.UnsettledKey is not { } key || (row.DeduplicationKey == key && !row.IsSettled))
        && (query.From is not { } from || row.JoinAt >= from)
        && (query.Until is not { } until || row.JoinAt < until)
        && (query.After is not { } after || row.JoinAt > after.JoinAt || (row.JoinAt == after.JoinAt && row.Id > after.Id));

    private static Bot Read(BotRow row) => Bot.FromSnapshot(row.ToSnapshot());

    private static Bot ClaimedBy(Bot bot, NodeId owner) => bot switch
    {
        ScheduledBot scheduled => scheduled.ClaimedBy(owner),
        StagedBot staged => staged.ClaimedBy(owner),
        _ => throw new UnreachableException($"{bot} is not among the bots that can be claimed"),
    };

    private BotSnapshot Write(BotRow row, Bot next)
    {
        _index.Change(row, () => row.Write(next.ToSnapshot(), row.Version + 1));
        return row.ToSnapshot();
    }
}
