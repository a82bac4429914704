using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Checking;

internal sealed class TheIdleAreReplaced : Checker
{
    /// <summary>Rounds of the beat until its silence begins and is seen, and what a slow way adds.</summary>
    private static readonly long Ways = TimeSpan.FromSeconds(1).Ticks;

    public override string Name => "L3";

    public override string Sentence => "A node whose loop stands still is declared dead, so that others take its bots, where everything else works.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        // Silence counts only between two beats, so where an answer takes almost as long as the next beat it adds up slowly.
        if (evidence.HasSingleEngine || evidence.Plan.Latency.Most * 4 > evidence.Plan.Options.BeatInterval)
        {
            yield break;
        }

        long patience = ((evidence.Plan.Options.NodeTimeToLive * 2) + (evidence.Plan.Options.BeatInterval * 6)).Ticks + Ways;
        foreach (Fault.Stall stall in evidence.Plan.Faults.OfType<Fault.Stall>().Where(stall => (stall.Until - stall.From).Ticks > patience))
        {
            long from = stall.From.Ticks, until = from + patience;
            bool isAlone = evidence.Meets<Fault>(from - Ways - patience, until, fault => fault != stall);
            if (!isAlone && evidence.NodeAt(stall.Machine, from, until) is { } node
                && !evidence.Entries.OfType<Entry.DeclaredDead>().Any(dead => dead.Applied && dead.Node == node && dead.At <= until))
            {
                yield return Violates(until, null, $"{node} does nothing since {stall.From} and is still taken for alive");
            }
        }
    }
}
