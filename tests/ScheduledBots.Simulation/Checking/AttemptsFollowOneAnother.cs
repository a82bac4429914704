using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class AttemptsFollowOneAnother : Checker
{
    public override string Name => "I4";

    public override string Sentence =>
        "The next attempt is armed only after the last one failed, or was taken back before any call, or its owner was taken for dead and its window closed; and then the last one is not called any more.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        Dictionary<BotId, Entry.Wrote> armings = [];
        Dictionary<(BotId, int), Entry.Joining> calls = [];
        Dictionary<(BotId, int), long> ends = [];
        foreach (Entry entry in evidence.Entries)
        {
            switch (entry)
            {
                case Entry.Joining call:
                    calls[(call.Attempt.Bot.Id, call.Attempt.Attempt)] = call;
                    if (armings.TryGetValue(call.Attempt.Bot.Id, out Entry.Wrote? newest) && newest.After!.Attempt > call.Attempt.Attempt)
                    {
                        yield return Violates(call.At, call.Attempt.Bot.Id, $"attempt {call.Attempt.Attempt} was called when attempt {newest.After.Attempt} was armed already");
                    }

                    break;
                case Entry.Joined { Outcome: not JoinOutcome.Joined } end:
                    ends[(end.Bot, end.Attempt)] = end.At;
                    break;
                case Entry.Wrote { After: { ArmedUntil: not null } after, Before: var before } wrote when before?.Attempt != after.Attempt:
                    if (armings.TryGetValue(after.Id, out Entry.Wrote? last)
                        && calls.ContainsKey((after.Id, last.After!.Attempt))
                        && !ends.ContainsKey((after.Id, last.After.Attempt))
                        && !MayBeTakenForOver(evidence, last, wrote))
                    {
                        yield return Violates(wrote.At, after.Id, $"attempt {after.Attempt} was armed while attempt {last.After.Attempt} of p{last.Process} may still run");
                    }

                    armings[after.Id] = wrote;
                    break;
                case Entry.Wrote { Verb: "commit", Before: { ArmedUntil: not null } before, After: { Status: BotStatus.Staged, ArmedUntil: null } after } wrote
                    when calls.ContainsKey((after.Id, before.Attempt)) && !ends.ContainsKey((after.Id, before.Attempt)):
                    yield return Violates(wrote.At, after.Id, $"attempt {before.Attempt} was taken back while it ran");
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The owner is another, and the last one's window is closed; where only one engine can be, the last one has ended.</summary>
    private static bool MayBeTakenForOver(Evidence evidence, Entry.Wrote last, Entry.Wrote next) =>
        last.After!.Owner != next.After!.Owner
        && (evidence.HasSingleEngine ? evidence.DiedBefore(last.Process, next.At) : World.Simulation.InstantAt(new TimeSpan(next.At)) >= last.After.ArmedUntil);
}
