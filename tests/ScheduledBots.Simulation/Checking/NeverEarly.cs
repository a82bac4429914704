using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class NeverEarly : Checker
{
    public override string Name => "I6";

    public override string Sentence => "No call begins before the JoinAt that was asked for: not on the clock of its scheduler, and not in true time by more than that clock may be wrong.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        Dictionary<BotId, TimeSpan> asked = evidence.Plan.Bots.Where(bot => bot.JoinAt is not null).ToDictionary(bot => bot.Id, bot => bot.JoinAt!.Value);
        foreach (BotSnapshot row in evidence.Entries.OfType<Entry.Wrote>().Where(wrote => wrote.Verb == "insert").Select(wrote => wrote.After!))
        {
            if (asked.TryGetValue(row.Id, out TimeSpan joinAt) && row.JoinAt < World.Simulation.InstantAt(joinAt))
            {
                yield return Violates(0, row.Id, $"asked for {World.Simulation.InstantAt(joinAt):O} and accepted for {row.JoinAt:O}");
            }
        }

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
