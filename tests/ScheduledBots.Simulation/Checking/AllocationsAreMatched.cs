using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class AllocationsAreMatched : Checker
{
    /// <summary>Clocks drift, and a thread may wait for its turn.</summary>
    private static readonly long Moment = TimeSpan.FromMilliseconds(100).Ticks;

    /// <summary>Longer than a call that was given up, and what it delivers late, may keep it.</summary>
    private static readonly long Soon = TimeSpan.FromSeconds(60).Ticks;

    public override string Name => "I10";

    public override string Sentence => "Every allocation is joined with once or released once, or died with its process; nothing else is ever released.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        Dictionary<(BotId, Fence, int), long> held = [];
        Dictionary<BotId, long> settled = [];
        HashSet<(BotId, Fence, int)> seen = [];
        HashSet<(BotId, Fence, int)> either = [];
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
                case Entry.Released released when released.At >= evidence.Plan.EndAt.Ticks && settled.TryGetValue(released.Bot, out long since) && since < evidence.Plan.EndAt.Ticks - Soon:
                    yield return Violates(released.At, released.Bot, $"kept under fence {released.Fence} until its process ended, though its bot had settled");
                    held.Remove((released.Bot, released.Fence, released.Process));
                    break;
                case Entry.Wrote { After: { } row } when row.Status.IsSettled():
                    settled[row.Id] = entry.At;
                    break;
                case Entry.Released released when !held.Remove((released.Bot, released.Fence, released.Process)) && !either.Remove((released.Bot, released.Fence, released.Process)):
                    yield return Violates(released.At, released.Bot, $"released under fence {released.Fence}, where nothing is held");
                    break;
                case Entry.Joined { Outcome: JoinOutcome.Joined } joined when givenUp.Contains((joined.Bot, joined.Attempt)):
                    _ = held.Remove((joined.Bot, joined.Fence, joined.Process)) && either.Add((joined.Bot, joined.Fence, joined.Process));
                    break;
                case Entry.Joined { Outcome: JoinOutcome.Joined } joined when !held.Remove((joined.Bot, joined.Fence, joined.Process)):
                    yield return Violates(joined.At, joined.Bot, $"joined under fence {joined.Fence} with what is not held");
                    break;
                case Entry.Wrote { Verb: "commit", Before: { } before, After: { Status: BotStatus.Staged, Owner: null } } handedBack:
                    // Portable: it travels to whoever claims the bot and attaches.
                    held.Remove((before.Id, before.Fence, handedBack.Process));
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

    /// <summary>Calls that were told to stop, or took too long: what they joined with may still be the host's, or be released.</summary>
    private static HashSet<(BotId, int)> GivenUp(Evidence evidence)
    {
        Dictionary<(BotId, int), long> begun = [];
        HashSet<(BotId, int)> givenUp = [];
        foreach (Entry entry in evidence.Entries)
        {
            if (entry is Entry.Joining call)
            {
                begun[(call.Attempt.Bot.Id, call.Attempt.Attempt)] = call.At;
            }
            else if (entry is Entry.Joined end && end.At - begun[(end.Bot, end.Attempt)] + Moment >= evidence.OptionsOf(end.Process).JoinTimeout.Ticks)
            {
                givenUp.Add((end.Bot, end.Attempt));
            }
            else if (entry is Entry.Cancelled { IsJoin: true } cancelled)
            {
                givenUp.UnionWith(begun.Keys.Where(key => key.Item1 == cancelled.Bot));
            }
        }

        return givenUp;
    }
}
