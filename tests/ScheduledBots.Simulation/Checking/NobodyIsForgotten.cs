using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Checking;

internal sealed class NobodyIsForgotten : Checker
{
    /// <summary>Longer than every interval at which an engine looks again.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(12);

    /// <summary>Where the store has no clock, a wall clock that leapt while the machine slept is believed only then.</summary>
    private static readonly long Doubted = TimeSpan.FromSeconds(45).Ticks;

    public override string Name => "L1";

    /// <remarks>A bot whose owners died with it waits for a quiet node, and may be missed for that.</remarks>
    public override string Sentence => "A staged bot is not missed by an owner for which everything worked for a while before.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        Dictionary<BotId, long> staged = [];
        foreach (Entry.Wrote wrote in evidence.Entries.OfType<Entry.Wrote>())
        {
            if (wrote.After is { StagedFence: not null } row && wrote.Before?.StagedFence != row.StagedFence)
            {
                staged[row.Id] = wrote.At;
            }

            if (wrote is { Before: { Status: BotStatus.Staged, LastFailure: null, Crashes: 0 } before, After: { LastFailure.Reason: FailureReason.Missed } after }
                && before.StagedFence == before.Fence
                && evidence.OptionsOf(wrote.Process) is { MaxConcurrentJoins: int.MaxValue } options && options.MisfireGrace >= Quiet
                && staged.TryGetValue(after.Id, out long since) && since < wrote.At - Quiet.Ticks
                && evidence.BirthOf(wrote.Process).At < wrote.At - Quiet.Ticks
                && !evidence.Meets<Fault>(wrote.At - Quiet.Ticks, wrote.At, _ => true)
                && !evidence.Meets<Fault.Suspend>(wrote.At - Doubted, wrote.At, _ => true))
            {
                yield return Violates(wrote.At, after.Id, $"missed by p{wrote.Process}, which held it staged");
            }
        }
    }
}
