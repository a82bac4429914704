using ScheduledBots.Configuration;
using ScheduledBots.Simulation.World;

namespace ScheduledBots.Simulation.Plans;

/// <summary>Draws the faults that need each other, or a length of their own, to do harm; they come on top of the plain ones.</summary>
internal sealed class RareFaultMaker(Dice dice, ScheduledBotsOptions options, TimeSpan faulty, int machineCount)
{
    public IEnumerable<Fault> Make() =>
        Enumerable.Range(0, dice.Pick(0, 1, 2, 4)).SelectMany(_ => MakeSome()).Where(fault => fault.From < faulty);

    private IEnumerable<Fault> MakeSome()
    {
        TimeSpan from = dice.Seconds(0, faulty.TotalSeconds - 1);
        TimeSpan until = Earlier(from + dice.Seconds(0.5, dice.Pick(5, 40)), faulty);
        int machine = dice.Between(0, machineCount - 1);
        return dice.Between(0, 5) switch
        {
            0 or 1 => [new Fault.CutConnections(from, until, dice.Pick(0.05, 0.25, 0.6), options.StoreTimeout)],
            2 => [new Fault.Fading(from, Earlier(from + dice.Seconds(4, 50), faulty), machine, dice.Seconds(0.1, options.StoreTimeout.TotalSeconds))],
            3 => [new Fault.Stall(from, until, machine)],
            4 => [new Fault.Suspend(from, until, machine)],
            _ => Roll(from, dice.Seconds(0.5, 20)),
        };
    }

    /// <summary>One machine after the other.</summary>
    private IEnumerable<Fault> Roll(TimeSpan from, TimeSpan pause) =>
        Enumerable.Range(0, machineCount).Select(machine => new Fault.Upgrade(from + (pause * machine), from + (pause * machine), machine));

    private static TimeSpan Earlier(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
