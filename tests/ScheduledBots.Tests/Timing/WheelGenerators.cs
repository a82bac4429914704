using FsCheck;
using FsCheck.Fluent;

namespace ScheduledBots.Tests.Timing;

/// <summary>Scripts for the wheel: 1 to 60 steps, from an origin of 0 to 2^55 ticks.</summary>
internal static class WheelGenerators
{
    private const long Year = 365L * 86_400 * 1_000_000;

    /// <summary>256^k - 1, 256^k and 256^k + 1 for k of 0 to 6.</summary>
    private static readonly Gen<long> Boundary =
        from level in Gen.Choose(0, 6)
        from off in Gen.Choose(-1, 1)
        select (1L << (8 * level)) + off;

    /// <summary>Near (0 to 300), the boundaries, up to 71 minutes, a handful of shared distances, and 3 to 12 years.</summary>
    private static readonly Gen<long> Distance = Gen.OneOf(
        Gen.Choose(0, 300).Select(ticks => (long)ticks),
        Boundary,
        Gen.Choose(0, int.MaxValue).Select(ticks => ticks * 2L),
        Gen.Elements(10L, 1_000L, 70_000L, 3_600_000_000L),
        Gen.Choose(3_000, 12_000).Select(thousandths => thousandths * (Year / 1_000)));

    /// <summary>Distances, and up to 1,000 ticks before the current tick.</summary>
    private static readonly Gen<long> Due = Gen.Frequency((9, Distance), (1, Gen.Choose(-1_000, -1).Select(ticks => (long)ticks)));

    private static readonly Gen<WheelStep> Step = Gen.Frequency(
        (8, Due.Select(ticks => new WheelStep(WheelStepKind.Schedule, ticks))),
        (2, Gen.Choose(0, 1_000).Select(which => new WheelStep(WheelStepKind.Cancel, which))),
        (2, Due.Select(ticks => new WheelStep(WheelStepKind.Reschedule, ticks))),
        (2, Due.Select(ticks => new WheelStep(WheelStepKind.Advance, ticks))),
        (3, Gen.Choose(-1, 1).Select(off => new WheelStep(WheelStepKind.AdvanceToNext, off))));

    public static readonly Gen<(long Origin, WheelStep[] Steps)> Script =
        from origin in Gen.OneOf(Gen.Constant(0L), Boundary, Gen.Choose(0, int.MaxValue).Select(high => (long)high << 24))
        from count in Gen.Choose(1, 60)
        from steps in Step.ArrayOf(count)
        select (origin, steps);
}
