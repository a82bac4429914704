using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Exhaustive;

/// <summary>Two nodes, one bot, every constant as small as its rules allow, and nothing left to chance.</summary>
internal static class SmallPlan
{
    private static readonly TimeSpan Due = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(9);

    public static Plan Make(bool isPortable, params Fault[] faults) => new()
    {
        Seed = 1,
        Options = MakeOptions(),
        Machines = [new MachinePlan(0, TimeSpan.Zero, 0, 0), new MachinePlan(1, TimeSpan.FromMilliseconds(10), 50, -50)],
        Bots =
        [
            new BotPlan
            {
                Number = 0,
                Id = new BotId(new Guid("00000000-0000-7000-8000-000000000001")),
                CreateAt = TimeSpan.FromSeconds(1),
                Machine = 0,
                JoinAt = Due,
                IsPortable = isPortable,
                Allocations = [new AllocationAct(AllocationActKind.Delivers, TimeSpan.FromMilliseconds(100))],
                Joins = [new JoinAct(JoinActKind.Joins, TimeSpan.FromMilliseconds(100))],
            },
        ],
        Faults = faults,
        Hesitation = TimeSpan.Zero,
        Latency = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)),
        HealAt = faults.Select(fault => fault.Until).Append(Due).Max(),
        EndAt = faults.Select(fault => fault.Until).Append(Due + Grace).Max() + TimeSpan.FromSeconds(6),
        // Longer than the join time-out, and than what is left of any window and hold.
        Afterwards = TimeSpan.FromSeconds(2.5),
    };

    private static ScheduledBotsOptions MakeOptions() => new()
    {
        StagingLead = TimeSpan.FromSeconds(2),
        StagingSpread = TimeSpan.Zero,
        AllocationTimeout = TimeSpan.FromSeconds(1),
        StagingRetryDelay = TimeSpan.FromMilliseconds(200),
        MaxStagingRetryDelay = TimeSpan.FromMilliseconds(400),
        ArmLead = TimeSpan.FromSeconds(1),
        StartWindow = TimeSpan.FromMilliseconds(600),
        StartMargin = TimeSpan.FromMilliseconds(100),
        MisfireGrace = Grace,
        JoinTimeout = TimeSpan.FromSeconds(2),
        BeatInterval = TimeSpan.FromMilliseconds(250),
        StoreTimeout = TimeSpan.FromMilliseconds(250),
        NodeTimeToLive = TimeSpan.FromMilliseconds(800),
        AmbiguityHold = TimeSpan.FromMilliseconds(500),
        ReconcileInterval = TimeSpan.FromMilliseconds(500),
        ClaimInterval = TimeSpan.FromMilliseconds(500),
        PruneInterval = TimeSpan.FromDays(1),
    };
}
