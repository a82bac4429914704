using ScheduledBots.Simulation.Checking;
using ScheduledBots.Simulation.Plans;
using ScheduledBots.Testing.Model;

namespace ScheduledBots.Simulation.Running;

/// <summary>Runs one plan and checks it.</summary>
internal static class Runner
{
    public static Outcome Run(Arguments arguments, int seed, Cut cut) =>
        Run(cut.Apply(new PlanMaker(seed, arguments.NodeCount, arguments.BotCount).Make()));

    public static Outcome Run(Plan plan)
    {
        var world = new World.Simulation(plan, clock => plan.Machines.Count == 1 ? new ModelStore() : new ModelStore(clock));
        world.Run();
        List<Violation> violations = Checkers.Check(new Evidence(world));
        return new Outcome(plan, world.Recorder, violations, world.EndedAt, new TimeSpan(world.Timeline.Now), world.Timeline.Count);
    }
}
