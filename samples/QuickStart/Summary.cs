namespace QuickStart;

/// <summary>What the day came to.</summary>
internal sealed record Summary(int Expected, int Cancelled, IReadOnlyList<double> LatenessMilliseconds)
{
    private static readonly double[] Bounds = [0, 0.1, 0.2, 0.5, 1, 2, 5, 10, double.PositiveInfinity];

    /// <summary>How many could not join because they were due while nothing ran; they are told apart.</summary>
    public int Missed { get; init; }

    public int Joined => LatenessMilliseconds.Count;

    public int Early => LatenessMilliseconds.Count(lateness => lateness < 0);

    public bool IsGood => Joined + Missed == Expected && Early == 0;

    public void Write(TextWriter output)
    {
        for (int i = 1; i < Bounds.Length; i++)
        {
            int count = LatenessMilliseconds.Count(lateness => lateness >= Bounds[i - 1] && lateness < Bounds[i]);
            string range = double.IsInfinity(Bounds[i]) ? $"{Bounds[i - 1],5} ms and more" : $"{Bounds[i - 1],5} to {Bounds[i],3} ms";
            output.WriteLine($"{range,-19} {new string('#', count)} {count}");
        }

        output.WriteLine(
            $"joined {Joined} of {Expected}, cancelled {Cancelled}, early {Early}, "
            + $"lateness p50 {Percentile(0.5):0.000} ms p99 {Percentile(0.99):0.000} ms max {Percentile(1):0.000} ms");
    }

    /// <summary>The nearest-rank percentile; not a number where nothing joined.</summary>
    private double Percentile(double share)
    {
        double[] sorted = [.. LatenessMilliseconds.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
