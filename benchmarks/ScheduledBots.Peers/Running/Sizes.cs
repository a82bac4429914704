using ScheduledBots.Measuring;
using ScheduledBots.Peers.Entrants;

namespace ScheduledBots.Peers.Running;

/// <summary>How much is done, and how long it may take: a slow peer says how far it came and stalls nothing.</summary>
/// <param name="Spread">Jobs over a stretch of time.</param>
/// <param name="Herd">Jobs at one instant.</param>
/// <param name="HeapJobs">Pending jobs whose heap is measured.</param>
/// <param name="Patience">After the last instant; who has not begun by then is counted as not started.</param>
/// <param name="RateTime">For which calls of one kind are counted.</param>
/// <param name="MaxLead">From the first call to the first instant, however long the calls take.</param>
internal sealed record Sizes(Workload Spread, Workload Herd, int HeapJobs, TimeSpan Patience, TimeSpan RateTime, TimeSpan MaxLead)
{
    private static readonly Sizes Full = new(
        Workload.Spread, Workload.Herd, 100_000, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60));

    /// <summary>
    /// For peers with their defaults, some of which look every second, or every fifteen: as dense a spread and a quarter of the jobs,
    /// so that waiting for them does not take most of the time there is.
    /// </summary>
    private static readonly Sizes Defaults = Full with
    {
        Spread = Workload.Spread with { Count = Workload.Spread.Count / 4, Length = Workload.Spread.Length / 4 },
        Herd = Workload.Herd with { Count = Workload.Herd.Count / 4 },
        Patience = TimeSpan.FromSeconds(20),
    };

    private static readonly Sizes Quick = new(
        Workload.Spread with { Count = 500, Length = TimeSpan.FromSeconds(2) },
        Workload.Herd with { Count = 1_000 },
        20_000,
        TimeSpan.FromSeconds(8),
        TimeSpan.FromSeconds(0.3),
        TimeSpan.FromSeconds(6));

    public static Sizes Of(Entrant entrant, bool isQuick) => isQuick ? Quick : entrant.IsTuned ? Full : Defaults;
}
