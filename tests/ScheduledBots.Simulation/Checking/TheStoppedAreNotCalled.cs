using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class TheStoppedAreNotCalled : Checker
{
    public override string Name => "I7";

    public override string Sentence => "No call begins for a bot that is settled, or for a join time or a meeting that was replaced.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        Dictionary<BotId, BotSnapshot> rows = [];
        foreach (Entry entry in evidence.Entries)
        {
            if (entry is Entry.Wrote { After: { } after })
            {
                rows[after.Id] = after;
            }
            else if (entry is Entry.Joining call && rows.TryGetValue(call.Attempt.Bot.Id, out BotSnapshot? row))
            {
                if (row.Status.IsSettled() || row.JoinAt != call.Attempt.Bot.JoinAt || row.MeetingUrl != call.Attempt.Bot.MeetingUrl)
                {
                    yield return Violates(call.At, row.Id, $"called for {call.Attempt.Bot.JoinAt:O}, but the row is {row.Status}, due {row.JoinAt:O}");
                }
            }
        }
    }
}
