using System.Diagnostics;
using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.World;

/// <summary>Brings one fault about and takes it back.</summary>
internal sealed class FaultScript(Simulation world, Fault fault)
{
    public void Begin()
    {
        world.Timeline.AddAt(fault.From, () => Turn(begins: true));
        world.Timeline.AddAt(fault.Until, () => Turn(begins: false));
        if (fault is Fault.Fading fading)
        {
            world.Timeline.AddAt(fading.CutAt, () => At(fading.Machine).Cable.RequestsLost++);
        }
    }

    private void Turn(bool begins)
    {
        world.Recorder.Add(new Entry.Faulted(world.Timeline.Now, fault, begins));
        int more = begins ? 1 : -1;
        switch (fault)
        {
            case Fault.Partition partition: At(partition.Machine).Cable.RequestsLost += more; break;
            case Fault.LostAnswers lost: At(lost.Machine).Cable.AnswersLost += more; break;
            case Fault.Flaky flaky:
                At(flaky.Machine).Cable.ErrorBefore = begins ? flaky.Before : 0;
                At(flaky.Machine).Cable.ErrorAfter = begins ? flaky.After : 0;
                break;
            case Fault.Outage { Hangs: true }: world.Outage.Hangs += more; break;
            case Fault.Outage: world.Outage.Refuses += more; break;
            case Fault.Slow slow: world.Outage.Delay += begins ? slow.Delay : -slow.Delay; break;
            case Fault.Kill kill when begins: world.Kill(At(kill.Machine)); break;
            case Fault.Kill kill: world.BootIfDown(At(kill.Machine)); break;
            case Fault.Restart restart when begins: world.Drain(At(restart.Machine), restart.IsCutShort ? restart.Until - restart.From : null, thenBoot: true); break;
            case Fault.Restart: break; // it boots when it has drained
            case Fault.Freeze freeze when begins: At(freeze.Machine).FrozenUntil = Math.Max(At(freeze.Machine).FrozenUntil ?? 0, freeze.Until.Ticks); break;
            case Fault.Freeze: break; // it thaws by itself
            case Fault.ClockStep step when begins: At(step.Machine).StepWall(step.By); break;
            case Fault.ClockStep step when step.SetBack: At(step.Machine).StepWall(-step.By); break;
            case Fault.ClockStep step: world.Timeline.AddAt(world.Plan.HealAt, () => At(step.Machine).StepWall(-step.By)); break;
            case Fault.CutConnections cut: (world.Outage.Cuts, world.Outage.MostLate) = begins ? (cut.Chance, cut.Most) : (0, TimeSpan.Zero); break;
            case Fault.Fading fading when begins: At(fading.Machine).Cable.AnswerDelay += fading.Delay; break;
            case Fault.Fading fading:
                At(fading.Machine).Cable.AnswerDelay -= fading.Delay;
                At(fading.Machine).Cable.RequestsLost--;
                break;
            case Fault.Stall stall when begins: At(stall.Machine).StalledUntil = Math.Max(At(stall.Machine).StalledUntil, stall.Until.Ticks); break;
            case Fault.Stall: break; // it goes on by itself
            case Fault.Suspend suspend when begins: At(suspend.Machine).FallAsleep(suspend.Until.Ticks); break;
            case Fault.Suspend suspend: At(suspend.Machine).WakeUp(); break;
            case Fault.Upgrade upgrade when begins:
                At(upgrade.Machine).IsUpgraded = true;
                world.Drain(At(upgrade.Machine), cutAfter: null, thenBoot: true);
                break;
            case Fault.Upgrade: break; // it boots when it has drained
            default: throw new UnreachableException(fault.GetType().Name);
        }
    }

    private Machine At(int machine) => world.Machines[machine];
}
