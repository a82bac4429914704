using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Exhaustive;

/// <summary>A fault without its instant.</summary>
internal sealed record FaultShape(string Name, Func<TimeSpan, Fault> At)
{
    private static readonly TimeSpan[] Lengths = [TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(4)];

    /// <summary>Each kind, on each node, short (within every time-out) and long (beyond all of them); a restart takes what it takes.</summary>
    public static IReadOnlyList<FaultShape> All { get; } =
    [
        .. from length in Lengths
           from machine in new[] { 0, 1 }
           from shape in Of(machine, length)
           select shape,
        .. Lengths.Select(length => new FaultShape($"outage for {length}", at => new Fault.Outage(at, at + length, Hangs: false))),
        .. from machine in new[] { 0, 1 }
           select new FaultShape($"restart {machine}", at => new Fault.Restart(at, at, machine, IsCutShort: false)),
    ];

    private static IEnumerable<FaultShape> Of(int machine, TimeSpan length) =>
    [
        new($"kill {machine} for {length}", at => new Fault.Kill(at, at + length, machine)),
        new($"freeze {machine} for {length}", at => new Fault.Freeze(at, at + length, machine)),
        new($"cut {machine} off for {length}", at => new Fault.Partition(at, at + length, machine)),
        new($"lose answers to {machine} for {length}", at => new Fault.LostAnswers(at, at + length, machine)),
    ];
}
