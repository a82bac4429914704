using FsCheck;
using FsCheck.Fluent;
using ScheduledBots.Timing;

namespace ScheduledBots.Tests.Timing;

/// <summary>
/// Scripts for the wheel: 1 to 80 steps, from an origin of 0 to 2^55 ticks or up to 2^20 ticks before the end of time, with
/// limits so small that few entries open a slot.
/// </summary>
internal static class WheelGenerators
{
    private const long Year = 365L * 86_400 * 1_000_000;

    /// <summary>256^k - 1, 256^k and 256^k + 1 for k of 0 to 7.</summary>
    private static readonly Gen<long> Boundary =
        from level in Gen.Choose(0, 7)
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
        (1, Due.Select(ticks => new WheelStep(WheelStepKind.ScheduleHerd, ticks))),
        (2, Gen.Choose(0, 1_000).Select(which => new WheelStep(WheelStepKind.Cancel, which))),
        (2, Gen.Constant(new WheelStep(WheelStepKind.CancelEarliest, 0))),
        (1, Gen.Choose(0, 1_000).Select(which => new WheelStep(WheelStepKind.CancelHerd, which))),
        (2, Due.Select(ticks => new WheelStep(WheelStepKind.Reschedule, ticks))),
        (2, Due.Select(ticks => new WheelStep(WheelStepKind.Advance, ticks))),
        (3, Gen.Choose(-1, 1).Select(off => new WheelStep(WheelStepKind.AdvanceToNext, off))),
        (4, Gen.Constant(new WheelStep(WheelStepKind.Ask, 0))));

    private static readonly Gen<long> Origin = Gen.OneOf(
        Gen.Constant(0L),
        Boundary,
        Gen.Choose(0, int.MaxValue).Select(high => (long)high << 24),
        Gen.Choose(0, 1 << 20).Select(before => long.MaxValue - before));

    /// <summary>Slots of 1 to 8 entries of different ticks, of which 0 to 5 are looked through; 1 to 4 cancels settled together.</summary>
    private static readonly Gen<WheelLimits> Limits =
        from mixed in Gen.Choose(1, 8)
        from sifted in Gen.Choose(0, 5)
        from unsettled in Gen.Choose(1, 4)
        select new WheelLimits(mixed, sifted, unsettled);

    public static readonly Gen<(long Origin, WheelLimits Limits, WheelStep[] Steps)> Script =
        from origin in Origin
        from limits in Gen.Frequency((5, Limits), (1, Gen.Constant(WheelLimits.Default)))
        from count in Gen.Choose(1, 80)
        from steps in Step.ArrayOf(count)
        select (origin, limits, steps);
}
