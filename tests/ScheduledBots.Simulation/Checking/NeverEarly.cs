using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class NeverEarly : Checker
{
    public override string Name => "I6";

    public override string Sentence => "No call begins before JoinAt: not on the clock of its scheduler, and not in true time by more than that clock may be wrong.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        foreach (Entry.Joining call in evidence.Entries.OfType<Entry.Joining>())
        {
            DateTimeOffset latest = !evidence.HasSingleEngine ? evidence.LatestOnShared(call.At) : World.Simulation.InstantAt(new TimeSpan(call.At))
                + evidence.MachineOf(call.Process).MostAhead(evidence.BirthOf(call.Process).At, call.At, evidence.Plan.Options.MaxClockSkew);
            if (call.Attempt.StartedAt < call.Attempt.Bot.JoinAt || latest < call.Attempt.Bot.JoinAt)
            {
                yield return Violates(call.At, call.Attempt.Bot.Id, $"due at {call.Attempt.Bot.JoinAt:O}, started at {call.Attempt.StartedAt:O}; its clock could show {latest:O} at most");
            }
        }
    }
}
