using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Checking;

internal sealed class Punctual : Checker
{
    /// <summary>Where nothing is wrong with the way to the store, the answer of an arming has come after that.</summary>
    private static readonly long Answered = TimeSpan.FromSeconds(2.5).Ticks;

    private static readonly long Ahead = TimeSpan.FromSeconds(3).Ticks;

    public override string Name => "L4";

    public override string Sentence => "A bot whose arming was answered in good time, in a process that then had its turns, is called at its instant.";

    public override IEnumerable<Violation> Check(Evidence evidence)
    {
        TimeSpan most = (evidence.Plan.Hesitation * 4) + TimeSpan.FromMilliseconds(1);
        Dictionary<(BotId, int), Entry.Wrote> armings = [];
        foreach (Entry entry in evidence.Entries)
        {
            if (entry is Entry.Wrote { After: { ArmedUntil: not null } after, Before: var before } wrote && before?.Attempt != after.Attempt)
            {
                armings[(after.Id, after.Attempt)] = wrote;
            }
            else if (entry is Entry.Joining call && call.Attempt.Lateness > most
                && evidence.OptionsOf(call.Process).MaxConcurrentJoins == int.MaxValue
                && armings.TryGetValue((call.Attempt.Bot.Id, call.Attempt.Attempt), out Entry.Wrote? arming)
                && WasInGoodTime(evidence, call, arming))
            {
                yield return Violates(call.At, call.Attempt.Bot.Id, $"late by {call.Attempt.Lateness}");
            }
        }
    }

    private static bool HoldsUp(Fault fault, int machine) => fault switch
    {
        Fault.Freeze freeze => freeze.Machine == machine,
        Fault.Stall stall => stall.Machine == machine,
        Fault.Suspend suspend => suspend.Machine == machine,
        _ => false,
    };

    private static bool WasInGoodTime(Evidence evidence, Entry.Joining call, Entry.Wrote arming)
    {
        int machine = evidence.BirthOf(call.Process).Machine;
        long due = call.At - call.Attempt.Lateness.Ticks;
        return arming.At + Ahead < due
            && !evidence.Meets<Fault>(arming.At - Answered, arming.At + Answered, fault => fault is not (Fault.ClockStep or Fault.Restart))
            && !evidence.Meets<Fault>(arming.At, call.At, fault => HoldsUp(fault, machine))
            && !evidence.MachineOf(call.Process).WasStepped(arming.At - TimeSpan.FromSeconds(65).Ticks, call.At);
    }
}
