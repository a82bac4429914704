using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class TheArmedAreStaged : Checker
{
    public override string Name => "I15";

    public override string Sentence => "What is armed is staged under the fence it has: no allocation of an earlier owner is joined with.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        foreach (Entry.Wrote wrote in evidence.Entries.OfType<Entry.Wrote>())
        {
            if (wrote is { Before: var before, After: { ArmedUntil: not null } after } && before?.Attempt != after.Attempt && after.StagedFence != after.Fence)
            {
                yield return Violates(wrote.At, after.Id, $"armed under fence {after.Fence} and staged under {after.StagedFence?.ToString() ?? "none"}");
            }
        }
    }
}
