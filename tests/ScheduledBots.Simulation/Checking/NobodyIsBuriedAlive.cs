using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Checking;

internal sealed class NobodyIsBuriedAlive : Checker
{
    private static readonly long Lately = TimeSpan.FromSeconds(60).Ticks;

    public override string Name => "L5";

    public override string Sentence => "No node is declared dead where nothing was wrong lately but clocks, or the store for all alike.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        foreach (Entry.DeclaredDead dead in evidence.Entries.OfType<Entry.DeclaredDead>().Where(dead => dead.Applied))
        {
            int process = evidence.ProcessOf(dead.Node);
            bool wasWrong = evidence.Meets<Fault>(dead.At - Lately, dead.At, fault => fault is not (Fault.ClockStep or Fault.Outage));
            if (!wasWrong && !evidence.DiedBefore(process, dead.At))
            {
                yield return Violates(dead.At, null, $"{dead.Node} of p{process} was declared dead by p{dead.Process}");
            }
        }
    }
}
