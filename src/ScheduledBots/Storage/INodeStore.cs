using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>
/// The part of a store by which the engines that share it watch over each other. Every <see cref="IBotStore"/> has it;
/// implemented by storage packages, called by engines.
/// </summary>
/// <remarks>
/// <para>Thread-safe; the rules of <see cref="IBotStore"/> hold here too.</para>
/// <para>Where several engines share a store, it keeps their nodes: claims and adoptions are for nodes that are alive,
/// arming for those that are alive or drain. A store with one engine (<see cref="StoreTraits.HasSingleEngine"/>) keeps
/// none: to it every node is alive, and every owner but the one that asks is lost.</para>
/// </remarks>
public interface INodeStore
{
    /// <summary>
    /// Raises a node's counter and writes its status, if it is alive or drains; registers it with its first beat. Called
    /// on a thread of the engine's own: a store that waits for a network should do so on that thread, and on a connection
    /// of its own, so that neither a starved shared pool nor a busy connection pool makes a living node look dead.
    /// </summary>
    /// <param name="query">The node and where it stands.</param>
    /// <param name="cancellationToken">Gives up; the outcome is unknown then.</param>
    /// <returns>Whether it applied, the store's clock, and every node.</returns>
    Task<BeatOutcome> BeatAsync(BeatQuery query, CancellationToken cancellationToken);

    /// <summary>Declares a node dead, if it is alive or drains and its counter is still the one that was observed.</summary>
    /// <param name="node">The node.</param>
    /// <param name="observedBeat">The counter at which it was seen silent.</param>
    /// <param name="cancellationToken">Gives up; the outcome is unknown then.</param>
    /// <returns>Whether it is dead by this call.</returns>
    Task<bool> DeclareDeadAsync(NodeId node, long observedBeat, CancellationToken cancellationToken);

    /// <summary>
    /// Takes over bots of lost owners, earliest first: raises the fence, voids the staged fence, disarms, flags what may
    /// have been started, and counts crashes, all by the rules of <see cref="AdoptQuery"/>. Nothing for a node that is not alive.
    /// </summary>
    /// <param name="query">The new owner, the instants and the limit.</param>
    /// <param name="cancellationToken">Gives up; the outcome is unknown then.</param>
    /// <returns>The bots as they are now.</returns>
    Task<IReadOnlyList<BotSnapshot>> AdoptAsync(AdoptQuery query, CancellationToken cancellationToken);
}
