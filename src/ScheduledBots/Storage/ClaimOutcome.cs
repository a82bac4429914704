using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>What a claim took.</summary>
/// <param name="Bots">The bots, owned by the claimer, earliest JoinAt first.</param>
/// <param name="NextJoinAt">
/// The earliest JoinAt of the bots that are still unowned, so that the engine can sleep until it matters;
/// <see cref="DateTimeOffset.MaxValue"/> when there is none, null when the store cannot know because other processes
/// write to it: the engine then asks again every claim interval.
/// </param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct ClaimOutcome(IReadOnlyList<BotSnapshot> Bots, DateTimeOffset? NextJoinAt);
