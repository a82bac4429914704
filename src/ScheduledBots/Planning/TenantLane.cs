namespace ScheduledBots.Planning;

/// <summary>One tenant's place in a <see cref="FairSlotQueue"/>: its waiting bots, its running calls, and its turn.</summary>
/// <remarks>Mutable; only the queue touches it, and takes it out of the order before it changes.</remarks>
internal sealed class TenantLane(string tenant)
{
    /// <summary>Whose turn comes first: fewest running calls, earliest round, earliest bot; the name makes the order total.</summary>
    public static IComparer<TenantLane> ByTurn { get; } = Comparer<TenantLane>.Create((left, right) =>
        left.Running.CompareTo(right.Running) is var running and not 0 ? running
        : left.Round.CompareTo(right.Round) is var round and not 0 ? round
        : left.FirstJoinAt.CompareTo(right.FirstJoinAt) is var first and not 0 ? first
        : string.CompareOrdinal(left.Tenant, right.Tenant));

    public string Tenant { get; } = tenant;

    /// <summary>The bots that wait, earliest JoinAt first.</summary>
    public PriorityQueue<PlannedBot, DateTimeOffset> Queue { get; } = new();

    /// <summary>How many slots the tenant has.</summary>
    public int Running { get; set; }

    /// <summary>The round of its next turn.</summary>
    public long Round { get; set; }

    private DateTimeOffset FirstJoinAt => Queue.TryPeek(out _, out DateTimeOffset joinAt) ? joinAt : DateTimeOffset.MaxValue;
}
