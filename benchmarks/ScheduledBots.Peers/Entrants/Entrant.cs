namespace ScheduledBots.Peers.Entrants;

/// <summary>A peer as it is measured.</summary>
/// <param name="Name">Of the peer.</param>
/// <param name="IsDurable">On PostgreSQL; otherwise in memory.</param>
/// <param name="IsTuned">For low latency, as its own documentation recommends; otherwise with its defaults.</param>
/// <param name="HasOneSetting">There is nothing to tune.</param>
/// <param name="Create">Makes it, on the database of a connection string.</param>
internal sealed record Entrant(string Name, bool IsDurable, bool IsTuned, bool HasOneSetting, Func<string, IPeer> Create)
{
    public static readonly IReadOnlyList<Entrant> All =
    [
        new("ScheduledBots", false, true, true, _ => new ScheduledBotsPeer(null)),
        new("Timer", false, true, true, _ => new TimerPeer()),
        new("PriorityQueue loop", false, true, true, _ => new QueueLoopPeer()),
        new("Quartz.NET", false, false, false, _ => new QuartzPeer(null, isTuned: false)),
        new("Quartz.NET", false, true, false, _ => new QuartzPeer(null, isTuned: true)),
        new("Hangfire", false, false, false, _ => new HangfirePeer(null, isTuned: false)),
        new("Hangfire", false, true, false, _ => new HangfirePeer(null, isTuned: true)),
        new("Orleans DurableJobs", false, false, false, _ => new OrleansPeer(isTuned: false)),
        new("Orleans DurableJobs", false, true, false, _ => new OrleansPeer(isTuned: true)),
        new("ScheduledBots", true, true, true, connection => new ScheduledBotsPeer(connection)),
        new("Table poller", true, false, false, connection => new TablePollerPeer(connection, TimeSpan.FromSeconds(1))),
        new("Table poller", true, true, false, connection => new TablePollerPeer(connection, TimeSpan.FromMilliseconds(50))),
        new("Quartz.NET", true, false, false, connection => new QuartzPeer(connection, isTuned: false)),
        new("Quartz.NET", true, true, false, connection => new QuartzPeer(connection, isTuned: true)),
        new("Hangfire", true, false, false, connection => new HangfirePeer(connection, isTuned: false)),
        new("Hangfire", true, true, false, connection => new HangfirePeer(connection, isTuned: true)),
    ];

    /// <summary>Its place in the list of all.</summary>
    public int Number => All.Index().First(entrant => entrant.Item == this).Index;

    /// <summary>What the others are compared with.</summary>
    public bool IsOurs => Name == "ScheduledBots";

    public string Storage => IsDurable ? "PostgreSQL" : "memory";

    public string Settings => HasOneSetting ? "" : IsTuned ? "tuned" : "defaults";

    public string Label => HasOneSetting ? $"{Name}, {Storage}" : $"{Name}, {Storage}, {Settings}";
}
