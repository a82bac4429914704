using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>Which unowned bots to take.</summary>
/// <param name="Owner">Who takes them.</param>
/// <param name="Now">The instant of the claim; a bot whose <c>NotBefore</c> lies behind it is left.</param>
/// <param name="DueBefore">Bots with an earlier JoinAt are taken.</param>
/// <param name="Limit">The most bots to take.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct ClaimQuery(NodeId Owner, DateTimeOffset Now, DateTimeOffset DueBefore, int Limit);
