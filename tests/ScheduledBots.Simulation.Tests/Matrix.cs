using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.Plans;
using ScheduledBots.Simulation.Running;
using ScheduledBots.Testing.Model;
using ScheduledBots.Simulation.History;

namespace ScheduledBots.Simulation.Tests;

/// <summary>
/// Two production engines on one store and one bot, scheduled at second 5 on machine 0, which claims it at once: staged then,
/// armed at second 30, due at second 40, its window closed at second 45, its hold over at second 60.
/// </summary>
internal sealed class Matrix
{
    public const int JoinAtSecond = 40;

    private static readonly BotId Id = new(new Guid(1, 2, 0x7000, 0x80, 1, 2, 3, 4, 5, 6, 7));

    private Matrix(Recorder recorder)
    {
        Recorder = recorder;
        Calls = [.. recorder.Entries.OfType<Entry.Joining>()];
        Row = recorder.Entries.OfType<Entry.Wrote>().Last().After!;
    }

    public Recorder Recorder { get; }

    /// <summary>The joiner calls, in order.</summary>
    public IReadOnlyList<Entry.Joining> Calls { get; }

    /// <summary>The bot at the end.</summary>
    public BotSnapshot Row { get; }

    public IReadOnlyList<Entry.Allocating> Allocations => [.. Recorder.Entries.OfType<Entry.Allocating>()];

    public bool AnyRelease => Recorder.Entries.OfType<Entry.Released>().Any();

    public bool AnyDeath => Recorder.Entries.OfType<Entry.DeclaredDead>().Any(death => death.Applied);

    public static ScheduledBotsOptions Options() => new() { StagingLead = TimeSpan.FromSeconds(60), StagingSpread = TimeSpan.Zero, JoinTimeout = TimeSpan.FromSeconds(120) };

    /// <summary>Runs the bot through faults; every promise that is checked by seeds is checked here too, unless a row is about its breach.</summary>
    public static Matrix Run(
        Fault[] faults, ScheduledBotsOptions? options = null, bool isPortable = false, AllocationAct[]? allocations = null, JoinAct[]? joins = null)
    {
        var plan = new Plan
        {
            Seed = 1,
            Options = options ?? Options(),
            Machines = [new MachinePlan(0, TimeSpan.Zero, 0, 0), new MachinePlan(1, TimeSpan.FromMilliseconds(40), 20, -20)],
            Bots =
            [
                new BotPlan
                {
                    Number = 1, Id = Id, CreateAt = TimeSpan.FromSeconds(5), Machine = 0, JoinAt = TimeSpan.FromSeconds(JoinAtSecond),
                    IsPortable = isPortable, Allocations = allocations ?? [], Joins = joins ?? [],
                },
            ],
            Faults = faults,
            Hesitation = TimeSpan.FromMilliseconds(1),
            Latency = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5)),
            HealAt = TimeSpan.FromSeconds(100),
            EndAt = TimeSpan.FromSeconds(300),
        };
        var world = new World.Simulation(plan, clock => new ModelStore(clock));
        world.Run();
        return new Matrix(world.Recorder);
    }

    /// <summary>Machine 0 loses its process at a second, for good.</summary>
    public static Fault Kill(double second) => new Fault.Kill(TimeSpan.FromSeconds(second), TimeSpan.FromHours(1), Machine: 0);

    /// <summary>The second at which a call began, in true time.</summary>
    public static double SecondOf(Entry entry) => entry.At / 1e7;
}
