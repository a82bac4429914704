using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ScheduledBots.Simulation.History;
using ScheduledBots.Simulation.Plans;
using ScheduledBots.Simulation.Running;

namespace ScheduledBots.Simulation.Exhaustive;

/// <summary>
/// Tries every interleaving of at most two faults with the life of one bot: the first fault right before and right after each
/// step of the run without faults, the second right before and right after each later step of the run with the first.
/// </summary>
internal sealed class ExhaustiveCampaign(Arguments arguments, TextWriter output)
{
    private const int MaxReports = 3;
    private const int ReportEvery = 5_000;

    private readonly ConcurrentQueue<Outcome> _failures = [];
    private long _runCount;
    private int _reportCount;

    /// <returns>Whether no promise was broken.</returns>
    public bool Run()
    {
        long began = Stopwatch.GetTimestamp();
        foreach (bool isPortable in new[] { false, true })
        {
            List<Fault> first = [.. FaultsAfter(TimeSpan.Zero, Try(isPortable))];
            output.WriteLine($"{first.Count} first faults for a {(isPortable ? "portable" : "local")} allocation");
            var work = new ConcurrentQueue<Fault>(first);
            Thread[] threads = [.. Enumerable.Range(0, arguments.ThreadCount).Select(_ => new Thread(() => TryPairs(isPortable, work)))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"exhaustive: {_runCount} runs, {_failures.Sum(failed => failed.Violations.Count)} violations, {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s"));
        return _failures.IsEmpty;
    }

    private void TryPairs(bool isPortable, ConcurrentQueue<Fault> work)
    {
        while (work.TryDequeue(out Fault? one))
        {
            foreach (Fault two in FaultsAfter(one.From, Try(isPortable, one)))
            {
                Try(isPortable, one, two);
            }
        }
    }

    private Outcome Try(bool isPortable, params Fault[] faults)
    {
        Outcome outcome = Runner.Run(SmallPlan.Make(isPortable, faults));
        if (Interlocked.Increment(ref _runCount) % ReportEvery == 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {_runCount} runs, {_failures.Count} of them break a promise"));
        }

        if (outcome.Violations.Count > 0)
        {
            _failures.Enqueue(outcome);
            lock (output)
            {
                if (_reportCount++ < MaxReports)
                {
                    new Story(outcome, output).Tell(withPlan: true);
                }
            }
        }

        return outcome;
    }

    /// <summary>Every fault, right before and right after each step of a run that comes at an instant or later.</summary>
    private static IEnumerable<Fault> FaultsAfter(TimeSpan from, Outcome outcome)
    {
        IEnumerable<long> steps = outcome.Recorder.Entries.Where(IsStep).Select(entry => entry.At);
        IEnumerable<TimeSpan> instants = steps.SelectMany(at => new[] { new TimeSpan(at - 1), new TimeSpan(at + 1) }).Distinct();
        return instants.Where(at => at >= from && at < outcome.EndedAt).SelectMany(at => FaultShape.All.Select(shape => shape.At(at)));
    }

    /// <summary>What happens to the bot, and who is taken for dead.</summary>
    private static bool IsStep(Entry entry) => entry is Entry.Wrote or Entry.Allocating or Entry.Allocated or Entry.Joining or Entry.Joined
        or Entry.Released or Entry.DeclaredDead { Applied: true };
}
