using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class OneCallAnAttempt : Checker
{
    public override string Name => "I1";

    public override string Sentence => "The joiner is called at most once for each (bot, attempt).";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        HashSet<(BotId, int)> seen = [];
        foreach (Entry.Joining call in evidence.Entries.OfType<Entry.Joining>())
        {
            if (!seen.Add((call.Attempt.Bot.Id, call.Attempt.Attempt)))
            {
                yield return Violates(call.At, call.Attempt.Bot.Id, $"attempt {call.Attempt.Attempt} was called again");
            }
        }
    }
}
