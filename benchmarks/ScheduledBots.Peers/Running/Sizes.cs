using ScheduledBots.Measuring;

namespace ScheduledBots.Peers.Running;

/// <summary>How much is done, and how long it may take: a slow peer says how far it came and stalls nothing.</summary>
internal sealed record Sizes(Workload Spread, Workload Herd, int HeapJobs, TimeSpan Patience, TimeSpan RateTime, TimeSpan MaxLead)
{
    public static readonly Sizes Full = new(
        Workload.Spread, Workload.Herd, 100_000, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60));

    public static readonly Sizes Quick = new(
        Workload.Spread with { Count = 500, Length = TimeSpan.FromSeconds(2) },
        Workload.Herd with { Count = 1_000 },
        20_000,
        TimeSpan.FromSeconds(8),
        TimeSpan.FromSeconds(0.3),
        TimeSpan.FromSeconds(6));
}
