using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Checking;

internal sealed class TheTrustedLive : Checker
{
    /// <summary>Longer than any node trusts itself after a beat.</summary>
    private static readonly long Trust = TimeSpan.FromSeconds(20).Ticks;

    public override string Name => "I14";

    /// <remarks>A clock that stood still while its machine slept tells nobody that time has passed; then the store refuses.</remarks>
    public override string Sentence => "A node that trusts itself, and asks to claim, arm or adopt, has not been declared dead; unless it slept.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        foreach (Entry.Overtrusted asked in evidence.Entries.OfType<Entry.Overtrusted>())
        {
            int machine = evidence.BirthOf(asked.Process).Machine;
            if (!evidence.Meets<Fault.Suspend>(asked.At - Trust, asked.At, fault => fault.Machine == machine))
            {
                yield return Violates(asked.At, null, $"p{asked.Process} asked to {asked.Verb} as {asked.Node}, which is dead");
            }
        }
    }
}
