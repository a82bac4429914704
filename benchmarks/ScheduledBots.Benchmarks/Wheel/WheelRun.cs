using System.Diagnostics;

namespace ScheduledBots.Benchmarks.Wheel;

/// <summary>
/// One life of one structure: insert all, look up the next deadline, cancel a random tenth, advance minute by minute to
/// the end. And a short second one, a storm: insert all, then cancel the earliest and look up the next, for a tenth of them.
/// </summary>
internal static class WheelRun
{
    private const int Lookups = 200_000;
    private const long Minute = 60_000_000;

    public static WheelRow Measure(string name, string spread, long[] dues, Func<int, ICandidate> create)
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

        (double? expire, double? longest) = candidate.CanExpire
            ? Expire(candidate, candidate.CanCancel ? count - cancels : count)
            : (null, null);
        double? storm = candidate.CanExpire && candidate.CanCancel ? Storm(dues, create) : null;
        return new WheelRow(name, count, spread, insert, cancel, expire, sum == -1 ? 0 : next, bytes, longest, storm);
    }

    private static double Storm(long[] dues, Func<int, ICandidate> create)
    {
        int count = dues.Length;
        int[] order = Enumerable.Range(0, count).ToArray();
        Array.Sort((long[])dues.Clone(), order);
        using ICandidate candidate = create(count);
        for (int i = 0; i < count; i++)
        {
            candidate.Insert(i, dues[i]);
        }

        int wrong = 0;
        double storm = Time(count / 10, () =>
        {
            for (int i = 0; i < count / 10; i++)
            {
                candidate.Cancel(order[i]);
                wrong += candidate.NextDeadline() == dues[order[i + 1]] ? 0 : 1;
            }
        });
        return wrong == 0 ? storm : throw new InvalidOperationException("The next deadline is not that of the next entry.");
    }

    private static (double? Each, double? LongestMs) Expire(ICandidate candidate, int expected)
    {
        int expired = 0;
        TimeSpan total = TimeSpan.Zero, longest = TimeSpan.Zero;
        for (long now = Minute; expired < expected; now += Minute)
        {
            long start = Stopwatch.GetTimestamp();
            expired += candidate.Advance(now);
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            total += took;
            longest = took > longest ? took : longest;
        }

        return (total.TotalNanoseconds / expected, longest.TotalMilliseconds);
    }

    private static double Time(int operations, Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / operations;
    }
}
