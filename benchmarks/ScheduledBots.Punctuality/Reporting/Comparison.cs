using ScheduledBots.Measuring;

namespace ScheduledBots.Punctuality.Reporting;

/// <summary>The runs of one workload on one store, each beside a run of the bare waker made next to it.</summary>
internal sealed record Comparison(StoreKind Store, Workload Workload, IReadOnlyList<RunResult> Bare, IReadOnlyList<RunResult> Engine)
{
    public int Early => Engine.Sum(run => run.Early);

    public int Lost => Engine.Sum(run => run.Lost);

    public int Doubled => Engine.Sum(run => run.Doubled);

    public double WorstStealPercent => Bare.Concat(Engine).Max(run => run.StealPercent);

    public bool IsValid => Bare.Concat(Engine).All(run => run.IsValid);

    /// <summary>In milliseconds: the median over the runs of each run's percentile.</summary>
    public static double MedianMs(IReadOnlyList<RunResult> runs, double percent) =>
        Sample.Median(runs.Select(run => run.PercentileMs(percent)));

    /// <summary>How many times later the engine is than the bare waker: the median over the pairs.</summary>
    public double Ratio(double percent) =>
        Sample.Median(Engine.Zip(Bare, (engine, bare) => engine.PercentileMs(percent) / bare.PercentileMs(percent)));
}
