namespace ScheduledBots.Chaos;

/// <summary>What came of a trial.</summary>
/// <param name="Measured">The figures, in one line.</param>
/// <param name="Failures">Which promises did not hold; empty when all did.</param>
internal sealed record Verdict(string Measured, IReadOnlyList<string> Failures)
{
    public bool Passed => Failures.Count == 0;

    /// <summary>Judges promises: each one that does not hold is a failure.</summary>
    public static Verdict Of(string measured, params IEnumerable<(bool Holds, string Promise)> promises) =>
        new(measured, [.. promises.Where(promise => !promise.Holds).Select(promise => promise.Promise)]);
}
