using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ScheduledBots.Simulation.Checking;

namespace ScheduledBots.Simulation.Running;

/// <summary>Runs many seeds, a world to a thread, and reports what broke with the command that replays it.</summary>
internal sealed class Campaign(Arguments arguments, TextWriter output)
{
    private const int MaxReports = 3;

    private readonly ConcurrentDictionary<int, Outcome> _failures = new();
    private long _simulatedTicks;
    private int _next;

    /// <returns>Whether no promise was broken.</returns>
    public bool Run()
    {
        long began = Stopwatch.GetTimestamp();
        _next = arguments.FirstSeed - 1;
        Thread[] threads = [.. Enumerable.Range(0, arguments.ThreadCount).Select(i => new Thread(RunSeeds, maxStackSize: 16 << 20) { Name = $"world {i}" })];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        TimeSpan took = Stopwatch.GetElapsedTime(began);
        if (arguments.StopsAtFirst && _failures.Values.MinBy(failed => failed.Plan.Seed) is { } first)
        {
            output.WriteLine($"seed {first.Plan.Seed} breaks {string.Join(", ", first.Violations.Select(violation => violation.Invariant).Distinct())}");
            return false;
        }

        foreach (int seed in _failures.Keys.Order().Take(MaxReports))
        {
            Report(seed, _failures[seed]);
        }

        foreach (IGrouping<string, Outcome> group in _failures.Values.GroupBy(failed => failed.Violations[0].Invariant).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"  {group.Key} first in {group.Count()} seeds: {string.Join(", ", group.Select(failed => failed.Plan.Seed).Order().Take(12))}");
        }

        double hours = new TimeSpan(_simulatedTicks).TotalHours;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"sim: {arguments.SeedCount} seeds, {_failures.Values.Sum(failed => failed.Violations.Count)} violations, {hours:F1} simulated hours in {took.TotalSeconds:F1} s"));
        return _failures.IsEmpty;
    }

    private void RunSeeds()
    {
        while (!(arguments.StopsAtFirst && !_failures.IsEmpty) && Interlocked.Increment(ref _next) is var seed && seed < arguments.FirstSeed + arguments.SeedCount)
        {
            Outcome outcome = Runner.Run(arguments, seed, arguments.Cut);
            Interlocked.Add(ref _simulatedTicks, outcome.SimulatedTime.Ticks);
            if (outcome.Violations.Count > 0)
            {
                _failures[seed] = outcome;
            }
        }
    }

    private void Report(int seed, Outcome failed)
    {
        Violation first = failed.Violations[0];
        output.WriteLine($"seed {seed}: {failed.Violations.Count} violations");
        Cut cut = new Shrinker(arguments, seed, first.Invariant).Shrink(failed);
        Outcome small = Runner.Run(arguments, seed, cut);
        new Story(small, output).Tell(withPlan: false);
        output.WriteLine($"  replay: {arguments.ToReplay(seed, cut)}");
    }
}
