using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Tests;

public class PlanMakerTests
{
    private static readonly Plan[] Plans = [.. Enumerable.Range(1, 200).Select(seed => new PlanMaker(seed, machineCount: 3, botCount: 5).Make())];

    /// <summary>A fault that is never drawn proves nothing, however well the world knows how to bring it about.</summary>
    [Fact]
    public void Every_kind_of_fault_is_drawn()
    {
        HashSet<Type> drawn = [.. Plans.SelectMany(plan => plan.Faults).Select(fault => fault.GetType())];

        Assert.Equal([], typeof(Fault).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).Where(kind => !drawn.Contains(kind)));
    }

    [Fact]
    public void Faults_happen_before_the_healing() =>
        Assert.All(Plans, plan => Assert.All(plan.Faults, fault => Assert.InRange(fault.Until, fault.From, plan.HealAt)));

    /// <summary>Nodes that judged each other's silence by different measures would be no fault but a mistake of their host.</summary>
    [Fact]
    public void Two_versions_agree_on_how_they_find_each_other_dead() =>
        Assert.All(Plans, plan => Assert.Equal(
            (plan.Options.BeatInterval, plan.Options.NodeTimeToLive, plan.Options.StoreTimeout, plan.Options.MaxClockSkew),
            (plan.NextOptions!.BeatInterval, plan.NextOptions.NodeTimeToLive, plan.NextOptions.StoreTimeout, plan.NextOptions.MaxClockSkew)));
}
