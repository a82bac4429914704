using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.World;

/// <summary>Whoever asks for one bot and changes it: through the face of whichever process runs on a machine at the time.</summary>
internal sealed class Caller(Simulation world, BotPlan bot)
{
    private const int MaxTries = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public void Begin()
    {
        world.Timeline.AddAt(bot.CreateAt, () => Schedule(1));
        foreach (CallerAct act in bot.Acts)
        {
            world.Timeline.AddAt(act.At, () => Do(act));
        }
    }

    /// <summary>A request whose answer was lost is sent again, under the same id: that is what the id is for.</summary>
    private void Schedule(int number)
    {
        Machine machine = world.Machines[(bot.Machine + number - 1) % world.Machines.Count];
        var request = new BotRequest
        {
            Id = bot.Id,
            MeetingUrl = new Uri("https://meet.example.com/m"),
            Name = "Notes",
            JoinAt = bot.JoinAt is { } joinAt ? Simulation.InstantAt(joinAt) : null,
            DeduplicationKey = bot.DeduplicationKey,
        };
        Call(machine, "schedule", scheduler => scheduler.ScheduleAsync(request), () =>
        {
            if (number < MaxTries)
            {
                world.Timeline.AddAt(new TimeSpan(world.Timeline.Now) + Pause, () => Schedule(number + 1));
            }
        });
    }

    private void Do(CallerAct act)
    {
        Func<IBotScheduler, Task> verb = act.Kind switch
        {
            CallerActKind.Reschedule => scheduler => scheduler.RescheduleAsync(bot.Id, Simulation.InstantAt(act.At + act.Lead)),
            CallerActKind.Cancel => scheduler => scheduler.CancelAsync(bot.Id),
            _ => scheduler => scheduler.AbortAsync(bot.Id),
        };
        Call(world.Machines[act.Machine], act.Kind.ToString(), verb, () => { });
    }

    private void Call(Machine machine, string verb, Func<IBotScheduler, Task> call, Action onUnknown)
    {
        if (machine.Process is not { } process)
        {
            onUnknown();
            return;
        }

        process.Post(() => _ = CallAsync(process, verb, call, onUnknown));
    }

    private async Task CallAsync(Process process, string verb, Func<IBotScheduler, Task> call, Action onUnknown)
    {
        string outcome = "done";
        try
        {
            await call(process.Scheduler);
        }
        catch (Exception error) when (error is TimeoutException or IOException)
        {
            outcome = "unknown";
            onUnknown();
        }
        catch (Exception error) when (error is BotStateConflictException or BotNotFoundException or DeduplicationConflictException or ArgumentException)
        {
            outcome = error.GetType().Name;
        }

        world.Recorder.Add(new Entry.Called(world.Timeline.Now, process.Number, bot.Id, verb, outcome));
    }
}
