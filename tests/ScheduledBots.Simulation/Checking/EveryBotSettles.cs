using ScheduledBots.Lifecycle;

namespace ScheduledBots.Simulation.Checking;

internal sealed class EveryBotSettles : Checker
{
    public override string Name => "L2";

    public override string Sentence => "When everything works again, every bot that is due settles.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        // A bot that was made under a clock an hour ahead is due after the end.
        DateTimeOffset due = World.Simulation.InstantAt(evidence.Plan.HealAt + TimeSpan.FromSeconds(61));
        foreach (BotSnapshot row in evidence.Rows.Values.Where(row => !row.Status.IsSettled() && row.JoinAt <= due))
        {
            yield return Violates(evidence.Plan.EndAt.Ticks, row.Id, $"still {row.Status} at the end, due {row.JoinAt:O}, owner {row.Owner?.ToString() ?? "none"}");
        }
    }
}
