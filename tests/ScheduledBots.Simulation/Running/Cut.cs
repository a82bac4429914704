using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Running;

/// <summary>What is left of a plan: null leaves everything.</summary>
internal sealed record Cut(IReadOnlyList<int>? Bots = null, IReadOnlyList<int>? Faults = null)
{
    public Plan Apply(Plan plan) => plan with
    {
        Bots = Bots is null ? plan.Bots : [.. plan.Bots.Where(bot => Bots.Contains(bot.Number))],
        Faults = Faults is null ? plan.Faults : [.. plan.Faults.Where((_, i) => Faults.Contains(i))],
    };

    /// <summary>The arguments that make this cut.</summary>
    public override string ToString() => Write(" --only-bots ", Bots) + Write(" --only-faults ", Faults);

    private static string Write(string option, IReadOnlyList<int>? numbers) =>
        numbers is null ? "" : option + (numbers.Count == 0 ? "none" : string.Join(',', numbers));
}
