using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class NobodyStaysDead : Checker
{
    public override string Name => "L6";

    public override string Sentence => "When everything works again, every engine that runs is a node that lives: one that was declared dead goes on under another name.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        HashSet<NodeId> dead = [.. evidence.Entries.OfType<Entry.DeclaredDead>().Where(dead => dead.Applied).Select(dead => dead.Node)];
        foreach (IGrouping<int, Entry.Named> names in evidence.Entries.OfType<Entry.Named>().GroupBy(named => named.Process))
        {
            if (!evidence.DiedBefore(names.Key, evidence.EndedAt.Ticks) && dead.Contains(names.Last().Node))
            {
                yield return Violates(evidence.EndedAt.Ticks, null, $"p{names.Key} is still {names.Last().Node}, which was declared dead");
            }
        }
    }
}
