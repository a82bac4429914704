using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class PossiblyStartedIsTold : Checker
{
    public override string Name => "I5";

    public override string Sentence => "A call is told that an earlier one may have started, unless every earlier call is known to have failed.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        Dictionary<BotId, HashSet<int>> open = [];
        foreach (Entry entry in evidence.Entries)
        {
            if (entry is Entry.Joining call)
            {
                HashSet<int> attempts = open.TryGetValue(call.Attempt.Bot.Id, out HashSet<int>? known) ? known : open[call.Attempt.Bot.Id] = [];
                if (attempts.Count > 0 && !call.Attempt.PossiblyStarted)
                {
                    yield return Violates(call.At, call.Attempt.Bot.Id, $"attempt {call.Attempt.Attempt} was not told of attempt {attempts.Min()}");
                }

                attempts.Add(call.Attempt.Attempt);
            }
            else if (entry is Entry.Wrote { Before.Status: BotStatus.Joining or BotStatus.Staged, After: { Status: BotStatus.Staged or BotStatus.Failed, ArmedUntil: null } after, Verb: "commit" })
            {
                // The result of its last call is stored: whoever reads the row knows it.
                open.GetValueOrDefault(after.Id)?.Remove(after.Attempt);
            }
        }
    }
}
