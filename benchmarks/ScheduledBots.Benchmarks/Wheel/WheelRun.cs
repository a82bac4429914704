namespace ScheduledBots.Benchmarks.Wheel;

/// <summary>
/// Two lives of one structure. The first: insert all, look up the next deadline, cancel a random tenth, advance minute by
/// minute to the end. The second: insert all, then a storm, which cancels the earliest and looks up the next for a tenth
/// of them, then advance as before, each minute timed by itself.
/// </summary>
/// <remarks>Times are of the processor, not of the wall, so that what else runs on the machine counts as little as possible.</remarks>
internal static class WheelRun
{
    private const int Lookups = 200_000;
    private const long Minute = 60_000_000;

    public static WheelRow Measure(string name, string spread, long[] dues, Func<int, ICandidate> create, bool hasSecondLife)
    {
        int count = dues.Length;
        int[] order = Enumerable.Range(0, count).ToArray();
        new Random(7).Shuffle(order);
        int cancels = count / 10;
        using ICandidate candidate = create(count);

        long before = GC.GetTotalMemory(forceFullCollection: true);
        double insert = Time(count, () =>
        {
            for (int i = 0; i < count; i++)
            {
                candidate.Insert(i, dues[i]);
            }
        });
        double bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)count;

        long sum = 0;
        double? next = candidate.CanExpire
            ? Time(Lookups, () =>
            {
                for (int i = 0; i < Lookups; i++)
                {
                    sum += candidate.NextDeadline();
                }
            })
            : null;

        double? cancel = candidate.CanCancel
            ? Time(cancels, () =>
            {
                for (int i = 0; i < cancels; i++)
                {
                    candidate.Cancel(order[i]);
                }
            })
            : null;

        int expected = candidate.CanCancel ? count - cancels : count;
        double? expire = candidate.CanExpire ? Time(expected, () => ExpireAll(candidate, expected)) : null;
        (double? storm, double? longest) = candidate.CanExpire && hasSecondLife ? MeasureSecond(dues, create) : (null, null);
        return new WheelRow(name, count, spread, insert, cancel, expire, sum == -1 ? 0 : next, bytes, longest, storm);
    }

    private static (double? StormNs, double? LongestMs) MeasureSecond(long[] dues, Func<int, ICandidate> create)
    {
        int count = dues.Length;
        using ICandidate candidate = create(count);
        for (int i = 0; i < count; i++)
        {
            candidate.Insert(i, dues[i]);
        }

        double? storm = candidate.CanCancel ? Storm(candidate, dues) : null;
        return (storm, LongestAdvance(candidate, candidate.CanCancel ? count - (count / 10) : count).TotalMilliseconds);
    }

    private static double Storm(ICandidate candidate, long[] dues)
    {
        int count = dues.Length / 10;
        int[] order = Enumerable.Range(0, dues.Length).ToArray();
        Array.Sort((long[])dues.Clone(), order);
        int wrong = 0;
        double storm = Time(count, () =>
        {
            for (int i = 0; i < count; i++)
            {
                candidate.Cancel(order[i]);
                wrong += candidate.NextDeadline() == dues[order[i + 1]] ? 0 : 1;
            }
        });
        return wrong == 0 ? storm : throw new InvalidOperationException("The next deadline is not that of the next entry.");
    }

    private static void ExpireAll(ICandidate candidate, int expected)
    {
        int expired = 0;
        for (long now = Minute; expired < expected; now += Minute)
        {
            expired += candidate.Advance(now);
        }
    }

    /// <returns>The longest single advance.</returns>
    private static TimeSpan LongestAdvance(ICandidate candidate, int expected)
    {
        int expired = 0;
        TimeSpan longest = TimeSpan.Zero;
        for (long now = Minute; expired < expected; now += Minute)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            expired += candidate.Advance(now);
            TimeSpan took = Environment.CpuUsage.TotalTime - start;
            longest = took > longest ? took : longest;
        }

        return longest;
    }

    private static double Time(int operations, Action action)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / operations;
    }
}
