namespace BrowserBots;

/// <summary>What the runs came to: by how much each bot came after its instant, or after it was asked for.</summary>
internal sealed record Outcome(IReadOnlyList<double> ScheduledMilliseconds, IReadOnlyList<double> AdHocMilliseconds)
{
    /// <summary>How many times sooner a scheduled bot must be there for the sample to have shown anything.</summary>
    private const double Wanted = 5;

    public int Early => ScheduledMilliseconds.Count(delay => delay < 0);

    public double Times => Median(AdHocMilliseconds) / Median(ScheduledMilliseconds);

    public bool IsGood => Early == 0 && Times >= Wanted;

    public string Line =>
        $"scheduled arrived {Median(ScheduledMilliseconds):0.0} ms after join_at, ad-hoc {Median(AdHocMilliseconds):0.0} ms after its request ({Times:0.0} times)";

    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    private static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
