using ScheduledBots.Configuration;
using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Checking;

internal sealed class NobodyIsBuriedAlive : Checker
{
    private static readonly long Lately = TimeSpan.FromSeconds(60).Ticks;

    public override string Name => "L5";

    public override string Sentence => "No node is declared dead where nothing was wrong lately but clocks, or the store for all alike and not beyond the time to live.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        foreach (Entry.DeclaredDead dead in evidence.Entries.OfType<Entry.DeclaredDead>().Where(dead => dead.Applied))
        {
            int process = evidence.ProcessOf(dead.Node);
            bool wasWrong = evidence.Meets<Fault>(
                dead.At - Lately, dead.At, fault => fault is not (Fault.ClockStep or Fault.Outage) || !Outlives(evidence.OptionsOf(process), fault));
            if (!wasWrong && !evidence.DiedBefore(process, dead.At))
            {
                yield return Violates(dead.At, null, $"{dead.Node} of p{process} was declared dead by p{dead.Process}");
            }
        }
    }

    /// <summary>
    /// Whether a time to live is long enough for a fault that meets everybody. A beat that was sent into a store that hangs may
    /// stay without an answer for the whole time-out after the store is back, while a luckier peer counts already: a beat
    /// that was not seen yet, a step of two, and one on its way come on top.
    /// </summary>
    private static bool Outlives(ScheduledBotsOptions options, Fault fault) =>
        fault is not Fault.Outage { Hangs: true } || options.NodeTimeToLive >= options.StoreTimeout + (4 * options.BeatInterval);
}
