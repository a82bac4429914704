using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>One transition the engine has decided: a guard and the bot as it shall be.</summary>
/// <remarks>
/// Immutable and thread-safe. The store writes the engine's columns of <see cref="Next"/> (status, owner, fence,
/// attempt, flags, instants, resource, failure) and raises the version by one; it never touches the callers' columns.
/// The attempt never falls: where an arming came between the engine's decision and its commit, the row keeps the larger one.
/// </remarks>
public sealed record BotCommit
{
    /// <summary>The owner the row must have.</summary>
    public required NodeId Owner { get; init; }

    /// <summary>The fence the row must have.</summary>
    public required Fence Fence { get; init; }

    /// <summary>The status the row must have.</summary>
    public required BotStatus From { get; init; }

    /// <summary>
    /// The attempt the row must have, or null where any will do: where an arming statement may come between the decision and its
    /// commit, which then holds all the same. Elsewhere a copy of the commit that arrives late, or is written twice, could undo an
    /// arming that came after it.
    /// </summary>
    public int? Attempt { get; init; }

    /// <summary>
    /// Whether the row must be armed. True where the bot is: a copy of the commit that arrives after the attempt was taken back, or
    /// has failed, could otherwise bring it back.
    /// </summary>
    public bool IsArmed { get; init; }

    /// <summary>The bot as it shall be.</summary>
    public required BotSnapshot Next { get; init; }

    /// <summary>What to add to its history.</summary>
    public IReadOnlyList<BotHistoryLine> History { get; init; } = [];
}
