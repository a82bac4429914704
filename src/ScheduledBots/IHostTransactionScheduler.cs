using ScheduledBots.Lifecycle;
using ScheduledBots.Storage;

namespace ScheduledBots;

/// <summary>
/// What a storage package needs of a scheduler to schedule inside of a transaction of the host's. Hosts call the storage package
/// instead; every <see cref="IBotScheduler"/> of the container, and every view of one, can be cast to this.
/// </summary>
/// <remarks>
/// Thread-safe. Called by storage packages: <see cref="ScheduleManyAsync"/> tells nobody of the bots, because they may never be.
/// Right before the commit <see cref="BeginCommit"/> is called, after it <see cref="NudgeAsync"/>, and last <see cref="EndCommit"/>
/// with the bots that the commit has kept. A transaction that is rolled back needs no call.
/// </remarks>
public interface IHostTransactionScheduler
{
    /// <summary>The store of this scheduler as it was registered, by which a storage package knows its own.</summary>
    IBotStore Store { get; }

    /// <summary>Checks requests like <see cref="IBotScheduler.ScheduleManyAsync"/>, under the same rules, and inserts them through the store that is given.</summary>
    /// <param name="requests">What is wanted.</param>
    /// <param name="transaction">The store inside of the transaction.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One outcome for each request, in the same order.</returns>
    Task<IReadOnlyList<ScheduleOutcome>> ScheduleManyAsync(
        IReadOnlyList<BotRequest> requests, IIntakeStore transaction, CancellationToken cancellationToken);

    /// <summary>A transaction with new bots is about to be committed; what is told of them from now on waits for <see cref="EndCommit"/>.</summary>
    /// <returns>The ticket to end it with.</returns>
    long BeginCommit();

    /// <summary>Makes the engine of this process, where one runs, claim at once. Harmless where the bots are not there after all.</summary>
    /// <param name="bots">New bots.</param>
    /// <returns>A task that ends when the engine has been told.</returns>
    Task NudgeAsync(IReadOnlyList<BotSnapshot> bots);

    /// <summary>The commit has ended: what it kept is told to observers, metrics and the log.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="kept">The bots that are in the store; none where nobody knows.</param>
    void EndCommit(long ticket, IReadOnlyList<BotSnapshot> kept);
}
