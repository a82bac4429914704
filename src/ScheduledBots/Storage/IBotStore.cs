using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>
/// Keeps the bots of one scheduler. Implemented by storage packages; called by the scheduler's face (insert, change,
/// find, list, history, erase) and by its engine (claim, arm, commit, read marks, find many, prune; beat, declare dead and adopt come
/// with <see cref="INodeStore"/>).
/// </summary>
/// <remarks>
/// <para>Thread-safe. Each verb is atomic for each bot it touches, and set-based: one call serves many bots. Every write
/// raises the version by one. Outcomes of races are values; exceptions mean that the outcome is unknown, and the caller
/// reads back before it decides. Exceptions are logged whole: their words must not have the values of rows.</para>
/// <para>Engine writes (<see cref="ArmAsync"/>, <see cref="CommitAsync"/>) are guarded by (owner, fence, status): a row
/// that does not match stays as it is. They leave the columns of the callers (join instant, URL, name, metadata) alone.
/// Time arrives as an argument; a store never reads a clock of its own for a decision. <see cref="INodeStore.BeatAsync"/> tells its
/// clock, and the nodes decide.</para>
/// </remarks>
public interface IBotStore : INodeStore
{
    /// <summary>What the engine may rely on.</summary>
    StoreTraits Traits { get; }

    /// <summary>Prepares the store; called once, before any other verb of the engine.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when the store can be used.</returns>
    Task InitializeAsync(CancellationToken cancellationToken);

    /// <summary>Inserts bots, one outcome each, in the same order, as if they were inserted one after the other: the second of two with one key finds the first.</summary>
    /// <param name="bots">New bots; one that is due soon may come owned already.</param>
    /// <param name="cancellationToken">Gives up; the outcome is unknown then.</param>
    /// <returns>Inserted, or the existing bot of the same id or of the same unsettled (tenant, deduplication key).</returns>
    Task<IReadOnlyList<InsertOutcome>> InsertAsync(IReadOnlyList<BotSnapshot> bots, CancellationToken cancellationToken);

    /// <summary>Applies one change of a caller: compare-and-set on the status and, where given, on the version.</summary>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Gives up; the outcome is unknown then.</param>
    /// <returns>Applied with the bot as it is now, or refused with the bot as it was found.</returns>
    Task<ChangeOutcome> ChangeAsync(BotChange change, CancellationToken cancellationToken);

    /// <summary>Reads one bot.</summary>
    /// <param name="id">The bot.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The bot, or null where there is none.</returns>
    Task<BotSnapshot?> FindAsync(BotId id, CancellationToken cancellationToken);

    /// <summary>Reads several bots: the rows that an engine has to see whole.</summary>
    /// <param name="ids">The bots; at most some hundreds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Those that there are, each once, in any order.</returns>
    Task<IReadOnlyList<BotSnapshot>> FindManyAsync(IReadOnlyList<BotId> ids, CancellationToken cancellationToken);

    /// <summary>Reads one page of bots, ordered by (JoinAt, id).</summary>
    /// <param name="query">The filter and the place to go on from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>At most <see cref="BotQuery.Limit"/> bots; fewer mean that the end is reached.</returns>
    Task<IReadOnlyList<BotSnapshot>> ListAsync(BotQuery query, CancellationToken cancellationToken);

    /// <summary>Reads what happened to one bot, oldest first. Creation is the bot itself and has no line.</summary>
    /// <param name="id">The bot.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The lines; none for a bot that does not exist.</returns>
    Task<IReadOnlyList<BotHistoryLine>> HistoryAsync(BotId id, CancellationToken cancellationToken);

    /// <summary>
    /// Takes ownership of unowned bots that are scheduled or staged and due before an instant, earliest first, up to the
    /// node's share (<see cref="ClaimQuery.Share"/>). Nothing for a node that is not alive.
    /// </summary>
    /// <param name="query">The owner, the instant and the limit.</param>
    /// <param name="cancellationToken">Gives up; the outcome is unknown then.</param>
    /// <returns>The bots as they are now, and when another claim could find something.</returns>
    Task<ClaimOutcome> ClaimAsync(ClaimQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Arms every bot of an owner that is staged under its current fence, not armed, and due before an instant. Nothing
    /// for a node that is neither alive nor draining.
    /// </summary>
    /// <param name="query">The owner, the instants and the window.</param>
    /// <param name="cancellationToken">Gives up; the outcome is unknown then.</param>
    /// <returns>The armed bots as they are now.</returns>
    Task<IReadOnlyList<BotSnapshot>> ArmAsync(ArmQuery query, CancellationToken cancellationToken);

    /// <summary>Writes the engine's transitions, one outcome each, in the same order, with their history lines.</summary>
    /// <param name="commits">Transitions of different bots.</param>
    /// <param name="cancellationToken">Gives up; the outcome is unknown then.</param>
    /// <returns>For each, whether its guard held.</returns>
    Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<BotCommit> commits, CancellationToken cancellationToken);

    /// <summary>
    /// Reads one page of the bots of an owner that are not settled, ordered by (JoinAt, id): their marks only, because an engine reads
    /// all of them every few seconds and nearly always finds that it knows them.
    /// </summary>
    /// <param name="query">The owner and the place to go on from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>At most <see cref="OwnedQuery.Limit"/> marks; fewer mean that the end is reached.</returns>
    Task<IReadOnlyList<BotMark>> ReadMarksAsync(OwnedQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes bots that were settled before an instant, with their history, oldest first, and forgets nodes that were
    /// last seen before it and died or left.
    /// </summary>
    /// <param name="settledBefore">The instant.</param>
    /// <param name="limit">The most bots to delete.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many bots were deleted; fewer than the limit mean that none is left.</returns>
    Task<int> PruneAsync(DateTimeOffset settledBefore, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes one settled bot, with its history, at once.</summary>
    /// <param name="id">The bot.</param>
    /// <param name="cancellationToken">Gives up; the outcome is unknown then.</param>
    /// <returns>Applied, not found, or refused because the bot is not settled.</returns>
    Task<ChangeOutcome> EraseAsync(BotId id, CancellationToken cancellationToken);
}
