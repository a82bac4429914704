using System.Diagnostics;
using System.Globalization;
using ScheduledBots.Simulation.Running;

namespace ScheduledBots.Simulation.Mutants;

/// <summary>Proves the simulation itself: each known slip of the protocol must break a promise within a few seeds.</summary>
internal sealed class MutantCampaign(Arguments arguments, TextWriter output)
{
    /// <summary>Four times what a plain run takes, unless told otherwise: 2,000.</summary>
    private int MaxSeeds => arguments.SeedCount * 4;

    /// <returns>Whether every mutant was caught.</returns>
    public bool Run()
    {
        var workshop = new Workshop(Directory.GetCurrentDirectory());
        IReadOnlyList<Mutant> mutants = [.. MutantList.All.Where(mutant => arguments.Only is null || mutant.Name.Contains(arguments.Only, StringComparison.OrdinalIgnoreCase))];
        int caught = 0;
        foreach (Mutant mutant in mutants)
        {
            long began = Stopwatch.GetTimestamp();
            (int code, string line) = workshop.Fits(mutant)
                ? workshop.Run(mutant, "--seeds", Text(MaxSeeds), "--stop-at-first", "yes", "--nodes", Text(arguments.NodeCount), "--bots", Text(arguments.BotCount), "--threads", Text(arguments.ThreadCount))
                : (2, $"its text is not exactly once in {mutant.File}: the sources have moved on, and so must the mutant");
            bool isCaught = code == 1;
            caught += isCaught ? 1 : 0;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{(isCaught ? "caught" : "SURVIVED")}  {mutant.Name}: {line} ({Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s)"));
        }

        output.WriteLine($"mutants: {caught} of {mutants.Count} caught");
        return caught == mutants.Count;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
