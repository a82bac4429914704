using System.Globalization;
using ScheduledBots.Lifecycle;
using ScheduledBots.Simulation.Checking;
using ScheduledBots.Simulation.Plans;

namespace ScheduledBots.Simulation.Running;

/// <summary>Tells what became of one run: its plan, what was broken, and what happened to the first bot that was hit.</summary>
internal sealed class Story(Outcome outcome, TextWriter output)
{
    private const int MaxViolations = 20;

    public void Tell(bool withPlan)
    {
        if (withPlan)
        {
            output.Write(PlanWriter.Write(outcome.Plan));
        }

        foreach (Violation violation in outcome.Violations.Take(MaxViolations))
        {
            string sentence = Checkers.All.Single(checker => checker.Name == violation.Invariant).Sentence;
            string bot = violation.Bot is { } id ? outcome.Recorder.NameOf(id) : "";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {violation.Invariant} at {violation.At / 1e7:F6} {bot}: {violation.Words} ({sentence})"));
        }

        if (withPlan && outcome.Violations.FirstOrDefault(violation => violation.Bot is not null)?.Bot is { } hit)
        {
            output.WriteLine($"what happened to {outcome.Recorder.NameOf(hit)}:");
            output.Write(outcome.Recorder.Write(hit));
        }
    }
}
