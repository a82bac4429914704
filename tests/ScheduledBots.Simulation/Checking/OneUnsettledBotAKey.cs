using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Checking;

internal sealed class OneUnsettledBotAKey : Checker
{
    public override string Name => "I12";

    public override string Sentence => "At most one unsettled bot has a deduplication key.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        Dictionary<(string, string), HashSet<BotId>> unsettled = [];
        foreach (Entry.Wrote wrote in evidence.Entries.OfType<Entry.Wrote>())
        {
            BotSnapshot row = (wrote.After ?? wrote.Before)!;
            if (row.DeduplicationKey is not { } key)
            {
                continue;
            }

            HashSet<BotId> bots = unsettled.TryGetValue((row.Tenant, key), out HashSet<BotId>? known) ? known : unsettled[(row.Tenant, key)] = [];
            _ = wrote.After is { } after && !after.Status.IsSettled() ? bots.Add(row.Id) : bots.Remove(row.Id);
            if (bots.Count > 1)
            {
                yield return Violates(wrote.At, row.Id, $"{bots.Count} unsettled bots have the key '{key}'");
            }
        }
    }
}
