using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class OnlyLegalTransitions : Checker
{
    public override string Name => "I8";

    public override string Sentence => "Only the transitions of the map happen; what is settled changes no more, and only what is settled is deleted.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        foreach (Entry.Wrote wrote in evidence.Entries.OfType<Entry.Wrote>())
        {
            if (wrote.Before is not { } before)
            {
                continue;
            }

            bool isLegal = wrote.After is not { } after ? before.Status.IsSettled()
                : !before.Status.IsSettled() && (BotLifecycle.Allows(before.Status, after.Status) || after.Status == before.Status || IsDirect(before, after));
            if (!isLegal)
            {
                yield return Violates(wrote.At, before.Id, $"{wrote.Verb} made {before.Status} into {wrote.After?.Status.ToString() ?? "nothing"}");
            }
        }
    }

    /// <summary>A result that is known before the joining write skips it: staged becomes what joining would have become.</summary>
    private static bool IsDirect(BotSnapshot before, BotSnapshot after) =>
        before.Status == BotStatus.Staged && before.ArmedUntil is not null && BotLifecycle.Allows(BotStatus.Joining, after.Status);
}
