using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Checking;

internal sealed class ResultsCount : Checker
{
    /// <summary>What the writer may still have to wait for after a fault.</summary>
    private static readonly long Before = TimeSpan.FromSeconds(3).Ticks;

    public override string Name => "L7";

    public override string Sentence => "What a joiner returned is written soon, also by a node that was declared dead meanwhile, unless the bot is another's by then.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        long patience = (evidence.Plan.Options.StoreTimeout * 2).Ticks + Before;
        Dictionary<BotId, BotSnapshot?> rows = [];
        Queue<Entry.Joined> open = [];
        foreach (Entry entry in evidence.Entries)
        {
            while (open.TryPeek(out Entry.Joined? end) && end.At + patience < entry.At)
            {
                open.Dequeue();
                if (rows.GetValueOrDefault(end.Bot) is { Owner: { } owner } row && !row.Status.IsSettled()
                    && row.Fence == end.Fence && row.Attempt == end.Attempt && evidence.ProcessOf(owner) == end.Process
                    && !evidence.DiedBefore(end.Process, end.At + patience)
                    && !evidence.Meets<Fault>(end.At - Before, end.At + patience, fault => fault is not Fault.ClockStep))
                {
                    yield return Violates(end.At, end.Bot, $"attempt {end.Attempt} of p{end.Process} joined, and the bot is still {row.Status}");
                }
            }

            if (entry is Entry.Joined { Outcome: JoinOutcome.Joined } joined)
            {
                open.Enqueue(joined);
            }
            else if (entry is Entry.Wrote wrote)
            {
                rows[(wrote.After ?? wrote.Before)!.Id] = wrote.After;
            }
        }
    }
}
