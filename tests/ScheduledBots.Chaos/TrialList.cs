using ScheduledBots.Chaos.Trials;

namespace ScheduledBots.Chaos;

/// <summary>Every trial there is, and which of them a command line asks for.</summary>
internal static class TrialList
{
    private const int UsualKills = 200;

    private static IReadOnlyList<ITrial> All => [new KillTrial(UsualKills)];

    /// <summary>What fits into three minutes.</summary>
    private static IReadOnlyList<ITrial> Quick => [new KillTrial(10)];

    public static IReadOnlyList<ITrial> For(Arguments arguments) =>
        arguments.KillCount is { } kills ? [new KillTrial(kills)]
        : [.. (arguments.IsQuick ? Quick : All).Where(trial => arguments.Only is not { } part || trial.Name.Contains(part, StringComparison.Ordinal))];
}
