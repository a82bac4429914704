using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;
using ScheduledBots.Storage;

namespace ScheduledBots.Simulation.Checking;

internal sealed class OnlyTheOwnerWrites : Checker
{
    public override string Name => "I9";

    public override string Sentence => "An engine claims what nobody owns, adopts what a dead or departed node owned, and writes only what it owns; one that is dead or gone takes and arms nothing.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        HashSet<NodeId> gone = [];
        foreach (Entry entry in evidence.Entries)
        {
            if (entry is Entry.DeclaredDead { Applied: true } dead)
            {
                gone.Add(dead.Node);
            }
            else if (entry is Entry.Beaten { Applied: true, Status: NodeStatus.Left } left)
            {
                gone.Add(left.Node);
            }
            else if (entry is Entry.Wrote { Before: { Owner: { } owner } row, Verb: "adopt" } adopted && !evidence.HasSingleEngine && !gone.Contains(owner))
            {
                yield return Violates(adopted.At, row.Id, $"adopted from {owner}, which was neither dead nor gone");
            }

            if (entry is not Entry.Wrote wrote)
            {
                continue;
            }

            if (wrote is { Verb: "claim" or "adopt" or "arm", After: { Owner: { } taker } taken } && gone.Contains(taker))
            {
                yield return Violates(wrote.At, taken.Id, $"{wrote.Verb} by {taker}, which is dead or gone");
            }

            if (wrote is { Before: { } before, Verb: "claim" or "arm" or "commit" })
            {
                bool mayWrite = wrote.Verb == "claim" ? before.Owner is null : before.Owner is { } me && evidence.ProcessOf(me) == wrote.Process;
                if (!mayWrite)
                {
                    yield return Violates(wrote.At, before.Id, $"{wrote.Verb} by p{wrote.Process} of a row that {before.Owner?.ToString() ?? "nobody"} owned");
                }
            }
        }
    }
}
