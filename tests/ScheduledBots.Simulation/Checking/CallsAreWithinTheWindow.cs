using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class CallsAreWithinTheWindow : Checker
{
    public override string Name => "I3";

    public override string Sentence => "A call of an attempt follows its durable arming by the same process, and lies within its start window.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        Dictionary<(BotId, int), Entry.Wrote> armings = [];
        foreach (Entry entry in evidence.Entries)
        {
            if (entry is Entry.Wrote { After: { ArmedUntil: not null } after, Before: var before } wrote && before?.Attempt != after.Attempt)
            {
                armings[(after.Id, after.Attempt)] = wrote;
            }
            else if (entry is Entry.Joining call)
            {
                armings.TryGetValue((call.Attempt.Bot.Id, call.Attempt.Attempt), out Entry.Wrote? arming);
                if (Fault(evidence, call, arming) is { } words)
                {
                    yield return Violates(call.At, call.Attempt.Bot.Id, words);
                }
            }
        }
    }

    private static string? Fault(Evidence evidence, Entry.Joining call, Entry.Wrote? arming)
    {
        if (arming is null)
        {
            return $"attempt {call.Attempt.Attempt} was called and never armed";
        }

        if (arming.Process != call.Process)
        {
            return $"attempt {call.Attempt.Attempt} was armed by p{arming.Process} and called by p{call.Process}";
        }

        // The window is the store's, whose clock is true time where nodes share it; else it is the engine's own.
        DateTimeOffset until = arming.After!.ArmedUntil!.Value - evidence.OptionsOf(call.Process).StartMargin;
        DateTimeOffset at = evidence.HasSingleEngine ? call.Attempt.StartedAt : World.Simulation.InstantAt(new TimeSpan(call.At));
        return call.Attempt.StartedAt < call.Attempt.Bot.JoinAt || at >= until
            ? $"attempt {call.Attempt.Attempt} started at {at:O}, outside of {call.Attempt.Bot.JoinAt:O} to {until:O}"
            : null;
    }
}
