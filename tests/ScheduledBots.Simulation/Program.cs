using System.Globalization;
using ScheduledBots.Simulation.Exhaustive;
using ScheduledBots.Simulation.Mutants;
using ScheduledBots.Simulation.Running;

Arguments arguments;
try
{
    arguments = Arguments.Parse(args);
}
catch (ArgumentException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

if (arguments.Mutates)
{
    return new MutantCampaign(arguments, Console.Out).Run() ? 0 : 1;
}

if (arguments.IsExhaustive)
{
    return new ExhaustiveCampaign(arguments, Console.Out).Run() ? 0 : 1;
}

if (arguments.Seed is not { } seed)
{
    return new Campaign(arguments, Console.Out).Run() ? 0 : 1;
}

Outcome outcome = Runner.Run(arguments, seed, arguments.Cut);
new Story(outcome, Console.Out).Tell(withPlan: true);
if (arguments.HistoryFile is { } file)
{
    File.WriteAllText(file, outcome.Recorder.Write());
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"sim: seed {seed}, {outcome.Violations.Count} violations, {outcome.OccurrenceCount} occurrences in {outcome.SimulatedTime}"));
return outcome.Violations.Count == 0 ? 0 : 1;
