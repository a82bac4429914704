using ScheduledBots.Chaos.Races;
using ScheduledBots.Chaos.Trials;

namespace ScheduledBots.Chaos;

/// <summary>Every trial there is, and which of them a command line asks for.</summary>
internal static class TrialList
{
    private const int UsualKills = 200;
    private const int UsualRaces = 10_000;
    private const int FewRaces = 400;

    private static IReadOnlyList<ITrial> All =>
    [
        new KillTrial(UsualKills),
        new TakeOverTrial(),
        new DatabaseDownTrial(1),
        new DatabaseDownTrial(5),
        LineTrial.Partition,
        LineTrial.LostAnswers,
        LineTrial.Resets,
        LineTrial.Slow,
        new FreezeTrial(2),
        new FreezeTrial(8),
        new FreezeTrial(30),
        new ClockStepTrial(),
        new LockedTableTrial(),
        new RollingTrial(20),
        new HerdTrial(10_000),
        new TwoVersionsTrial(),
        new StageRace(UsualRaces),
        new ArmRace(UsualRaces),
        new CreateRace(UsualRaces),
    ];

    /// <summary>What fits into three minutes.</summary>
    private static IReadOnlyList<ITrial> Quick =>
    [
        new KillTrial(10), new FreezeTrial(2), new DatabaseDownTrial(1), new StageRace(FewRaces), new ArmRace(FewRaces), new CreateRace(FewRaces),
    ];

    public static IReadOnlyList<ITrial> For(Arguments arguments) =>
        arguments.KillCount is { } kills ? [new KillTrial(kills)]
        : [.. (arguments.IsQuick ? Quick : All).Where(trial => arguments.Only is not { } part || trial.Name.Contains(part, StringComparison.Ordinal))];
}
