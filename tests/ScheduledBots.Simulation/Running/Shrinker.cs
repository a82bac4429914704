namespace ScheduledBots.Simulation.Running;

/// <summary>Finds a small part of a plan that still breaks the same promise: fewer faults first, then fewer bots.</summary>
internal sealed class Shrinker(Arguments arguments, int seed, string invariant)
{
    private const int MaxRuns = 400;

    private int _runs;

    public Cut Shrink(Outcome failed)
    {
        Cut cut = new([.. failed.Plan.Bots.Select(bot => bot.Number)], [.. Enumerable.Range(0, failed.Plan.Faults.Count)]);

        // The bot that is hit is needed almost always, and its neighbours hardly ever.
        int? victim = failed.Violations.First(violation => violation.Invariant == invariant).Bot is { } id
            ? failed.Plan.Bots.First(bot => bot.Id == id).Number
            : null;
        if (victim is { } number && StillFails(cut with { Bots = [number] }))
        {
            cut = cut with { Bots = [number] };
        }

        cut = cut with { Faults = Reduce(cut.Faults!, faults => cut with { Faults = faults }) };
        cut = cut with { Bots = Reduce(cut.Bots!, bots => cut with { Bots = bots }) };
        return cut with { Faults = Reduce(cut.Faults!, faults => cut with { Faults = faults }) };
    }

    /// <summary>Leaves out halves, then quarters, and so on down to single ones, as long as the rest still fails.</summary>
    private List<int> Reduce(IReadOnlyList<int> all, Func<List<int>, Cut> with)
    {
        List<int> kept = [.. all];
        for (int size = Math.Max(1, kept.Count / 2); kept.Count > 0; size /= 2)
        {
            for (int start = 0; start < kept.Count && _runs < MaxRuns;)
            {
                List<int> fewer = [.. kept[..start], .. kept[Math.Min(kept.Count, start + size)..]];
                if (StillFails(with(fewer)))
                {
                    kept = fewer;
                }
                else
                {
                    start += size;
                }
            }

            if (size == 1)
            {
                break;
            }
        }

        return kept;
    }

    private bool StillFails(Cut cut)
    {
        _runs++;
        return Runner.Run(arguments, seed, cut).Violations.Any(violation => violation.Invariant == invariant);
    }
}
