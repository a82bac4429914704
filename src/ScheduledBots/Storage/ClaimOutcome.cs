using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>What a claim took.</summary>
/// <param name="Bots">The bots, owned by the claimer, earliest JoinAt first.</param>
/// <param name="NextJoinAt">
/// The earliest JoinAt of the bots that are still unowned (for one in back-off, if that is later, the end of its back-off
/// plus the distance from now to <see cref="ClaimQuery.DueBefore"/>), so that the engine can sleep until it matters;
/// <see cref="DateTimeOffset.MaxValue"/> when there is none, null when the claim was full, when other nodes' shares
/// were left to them, or when the store cannot know because other processes write to it: the engine then asks again.
/// </param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct ClaimOutcome(IReadOnlyList<BotSnapshot> Bots, DateTimeOffset? NextJoinAt);
