using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class NumbersGrow : Checker
{
    public override string Name => "I2";

    public override string Sentence => "Version, fence and attempt only grow; a change of owner raises the fence, an arming the attempt by one.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        foreach (Entry.Wrote wrote in evidence.Entries.OfType<Entry.Wrote>())
        {
            if (wrote is { Before: { } before, After: { } after } && Fault(before, after) is { } words)
            {
                yield return Violates(wrote.At, after.Id, words);
            }
        }
    }

    private static string? Fault(BotSnapshot before, BotSnapshot after)
    {
        bool arms = after.ArmedUntil is not null && (before.ArmedUntil is null || after.Attempt != before.Attempt);
        return after.Version != before.Version + 1 ? $"version {before.Version} became {after.Version}"
            : after.Fence < before.Fence ? $"fence {before.Fence} became {after.Fence}"
            : after.Owner != before.Owner && after.Fence == before.Fence && !after.Status.IsSettled() ? $"the owner changed under fence {after.Fence}"
            : after.Attempt != before.Attempt + (arms ? 1 : 0) ? $"attempt {before.Attempt} became {after.Attempt}"
            : null;
    }
}
