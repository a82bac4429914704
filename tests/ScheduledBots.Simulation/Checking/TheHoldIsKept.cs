using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class TheHoldIsKept : Checker
{
    public override string Name => "I13";

    public override string Sentence => "What a lost owner may have started is adopted only after its window and the hold, and says so.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        foreach (Entry.Wrote adopted in evidence.Entries.OfType<Entry.Wrote>().Where(wrote => wrote.Verb == "adopt"))
        {
            if (adopted is not { Before: { ArmedUntil: { } until } before, After: { } after })
            {
                continue;
            }

            DateTimeOffset from = until + evidence.OptionsOf(adopted.Process).AmbiguityHold;
            if (!evidence.HasSingleEngine && World.Simulation.InstantAt(new TimeSpan(adopted.At)) < from)
            {
                yield return Violates(adopted.At, before.Id, $"adopted by p{adopted.Process} before {from:O}");
            }

            if (!after.PossiblyStarted)
            {
                yield return Violates(adopted.At, before.Id, $"attempt {before.Attempt} may have been started, and nobody is told");
            }
        }
    }
}
