using System.Globalization;
using ScheduledBots.Chaos;
using ScheduledBots.Chaos.Node;

// The same program is the rig, a node and the bare waker.
if (args is ["node", string setup])
{
    return await NodeProgram.RunAsync(setup);
}

if (args is ["waker", string samples])
{
    return await WakerProgram.RunAsync(samples);
}

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

IReadOnlyList<ITrial> trials = TrialList.For(arguments);
if (arguments.Lists)
{
    foreach (ITrial trial in trials)
    {
        Console.WriteLine($"{trial.Name,-18} {trial.Figure}");
    }

    return 0;
}

int failed = await new Session(arguments, Console.Out).RunAsync(trials);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chaos: {trials.Count} tests, {failed} failed"));
return failed == 0 && trials.Count > 0 ? 0 : 1;
