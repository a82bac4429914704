using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>Which staged bots to arm.</summary>
/// <param name="Owner">The node that will start them.</param>
/// <param name="Now">The store's clock as the node knows it; a bot whose <c>NotBefore</c> is later is left.</param>
/// <param name="DueBefore">Bots with an earlier JoinAt are armed.</param>
/// <param name="Window">How long after JoinAt, or after <paramref name="Now"/> where that is later, the owner may start.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct ArmQuery(NodeId Owner, DateTimeOffset Now, DateTimeOffset DueBefore, TimeSpan Window)
{
    /// <summary>The end of a bot's start window.</summary>
    /// <param name="joinAt">The bot's due instant.</param>
    /// <returns>The later of <paramref name="joinAt"/> and <see cref="Now"/>, plus the window.</returns>
    public DateTimeOffset ArmedUntil(DateTimeOffset joinAt) => (joinAt > Now ? joinAt : Now) + Window;
}
