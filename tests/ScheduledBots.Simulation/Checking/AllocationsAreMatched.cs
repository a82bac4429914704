using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class AllocationsAreMatched : Checker
{
    public override string Name => "I10";

    public override string Sentence => "Every allocation is joined with once or released once, or died with its process; nothing else is ever released.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        Dictionary<(BotId, Fence, int), long> held = [];
        HashSet<(BotId, Fence, int)> seen = [];
        HashSet<(BotId, int)> givenUp = GivenUp(evidence);
        foreach (Entry entry in evidence.Entries)
        {
            switch (entry)
            {
                case Entry.Allocated { Delivered: true } allocated:
                    held[(allocated.Bot, allocated.Fence, allocated.Process)] = allocated.At;
                    if (!seen.Add((allocated.Bot, allocated.Fence, allocated.Process)))
                    {
                        yield return Violates(allocated.At, allocated.Bot, $"two allocations under fence {allocated.Fence}");
                    }

                    break;
                case Entry.Released released when !held.Remove((released.Bot, released.Fence, released.Process)):
                    yield return Violates(released.At, released.Bot, $"released under fence {released.Fence}, where nothing is held");
                    break;
                case Entry.Joined { Outcome: JoinOutcome.Joined } joined when !givenUp.Contains((joined.Bot, joined.Attempt)) && !held.Remove((joined.Bot, joined.Fence, joined.Process)):
                    yield return Violates(joined.At, joined.Bot, $"joined under fence {joined.Fence} with what is not held");
                    break;
                case Entry.Joining joining when !held.ContainsKey((joining.Attempt.Bot.Id, joining.Attempt.Fence, joining.Process)):
                    yield return Violates(joining.At, joining.Attempt.Bot.Id, $"called under fence {joining.Attempt.Fence} with what is not held");
                    break;
                default:
                    break;
            }
        }

        foreach (((BotId bot, Fence fence, int process), long at) in held)
        {
            if (evidence.DrainedWhole(process))
            {
                yield return Violates(at, bot, $"allocated by p{process} under fence {fence} and never released");
            }
        }
    }

    /// <summary>A result that comes after the join time-out is too late, whatever it says: the bot has failed, and the engine releases what it joined with.</summary>
    private static HashSet<(BotId, int)> GivenUp(Evidence evidence) =>
    [
        .. evidence.Entries.OfType<Entry.Wrote>()
            .Where(wrote => wrote.After is { Status: BotStatus.Failed, LastFailure.Reason: FailureReason.JoinTimedOut })
            .Select(wrote => (wrote.After!.Id, wrote.After.Attempt)),
    ];
}
