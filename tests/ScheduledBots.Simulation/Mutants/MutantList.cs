namespace ScheduledBots.Simulation.Mutants;

/// <summary>The slips that are tried: each was, or could have been, made by somebody who knew the protocol well.</summary>
internal static class MutantList
{
    private const string Agenda = "ScheduledBots/Planning/Agenda.Signals.cs";
    private const string Model = "ScheduledBots.Testing/Model/ModelStore.Engine.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "the gate does not look at the clock", "ScheduledBots/Execution/JoiningStep.cs",
            "if (now < bot.JoinAt)", "if (false)"),
        new(
            "deadlines are rounded down", "ScheduledBots/Timing/TickScale.cs",
            "return quotient + (remainder > 0 ? 1 : 0) - EpochMicroseconds;", "return quotient - 1_000 - EpochMicroseconds;"),
        new(
            "a commit forgets the attempt that was counted meanwhile", Model,
            "Attempt = Math.Max(row.Attempt, commit.Next.Attempt),", ""),
        new(
            "a fence is missing in the guard of commits", Model,
            "row.Owner != commit.Owner || row.Fence != commit.Fence ||", "row.Owner != commit.Owner ||"),
        new(
            "what was kept for a retry is not released after an abort", Agenda,
            "if (ended.Retry is { } orphan)", "if (ended.Retry is { } orphan && orphan.Attempt < 0)"),
        new(
            "a stale allocation is armed", Model,
            "&& row.StagedFence == row.Fence", ""),
    ];
}
