using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>Which unowned bots to take.</summary>
/// <param name="Owner">Who takes them.</param>
/// <param name="Now">The instant of the claim; a bot whose <c>NotBefore</c> is later is left.</param>
/// <param name="DueBefore">Bots with an earlier JoinAt are taken.</param>
/// <param name="Limit">The most bots to take.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct ClaimQuery(NodeId Owner, DateTimeOffset Now, DateTimeOffset DueBefore, int Limit)
{
    /// <summary>How many bots one of several nodes takes, so that the others find theirs.</summary>
    /// <param name="dueCount">How many bots could be taken.</param>
    /// <param name="aliveCount">How many nodes are alive, the claiming one included.</param>
    /// <returns>Its share, rounded up, and never more than the limit.</returns>
    public int Share(int dueCount, int aliveCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(aliveCount, 1);
        return Math.Min(Limit, (int)(((long)dueCount + aliveCount - 1) / aliveCount));
    }
}
