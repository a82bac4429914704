using System.Globalization;

namespace ScheduledBots.Chaos.Judging;

/// <summary>How late bots were, beside how late the bare waker woke in the same minute on the same machine.</summary>
internal sealed record Punctuality(Percentiles Bots, Percentiles Waker)
{
    /// <summary>Not later than the bare waker, percentile by percentile, plus a figure.</summary>
    public IEnumerable<(bool Holds, string Promise)> Within(TimeSpan figure) =>
    [
        Compare("p50", Bots.Median, Waker.Median, figure),
        Compare("p99", Bots.P99, Waker.P99, figure),
    ];

    /// <summary>The same, and the latest bot against the latest wake.</summary>
    public IEnumerable<(bool Holds, string Promise)> EachWithin(TimeSpan figure) => [.. Within(figure), Compare("max", Bots.Max, Waker.Max, figure)];

    public override string ToString() => $"late {Bots}; bare waker {Waker}";

    private static (bool Holds, string Promise) Compare(string name, TimeSpan bots, TimeSpan waker, TimeSpan figure) => (
        bots <= waker + figure,
        string.Create(CultureInfo.InvariantCulture, $"{name} {bots.TotalMilliseconds:0.00} ms, the bare waker's {waker.TotalMilliseconds:0.00} ms plus {figure.TotalMilliseconds:0} ms were allowed"));
}
