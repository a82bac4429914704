using FsCheck;
using FsCheck.Fluent;
using ScheduledBots.Tests.Lifecycle;
using ScheduledBots.Timing;

namespace ScheduledBots.Tests.Timing;

public class TickScaleTests
{
    /// <summary>Instants of the years 1 to 9999 at every offset of whole minutes within 14 hours, and the microseconds' edges.</summary>
    private static readonly Gen<DateTimeOffset> Instant =
        from day in Gen.Choose(1, 3_652_057)
        from second in Gen.Choose(0, 86_399)
        from hundredNanoseconds in Gen.OneOf(Gen.Choose(0, 9_999_999), Gen.Elements(0, 1, 9, 10, 11, 9_999_999))
        from minutes in Gen.Choose(-840, 840)
        select new DateTimeOffset((day * TimeSpan.TicksPerDay) + (second * TimeSpan.TicksPerSecond) + hundredNanoseconds, TimeSpan.Zero)
            .ToOffset(TimeSpan.FromMinutes(minutes));

    // Mutant: Ceiling does not add one for a remainder.
    [Fact]
    public void A_deadline_is_never_early_and_a_reading_never_late_and_neither_by_a_microsecond()
    {
        int whole = 0, between = 0;

        Law.Holds(Instant, instant =>
        {
            TimeSpan after = TickScale.RoundUp(instant) - instant;
            TimeSpan before = instant - TickScale.RoundDown(instant);
            bool isWhole = instant.UtcTicks % 10 == 0;

            Assert.InRange(after, TimeSpan.Zero, TimeSpan.FromTicks(9));
            Assert.InRange(before, TimeSpan.Zero, TimeSpan.FromTicks(9));
            Assert.Equal(isWhole ? 0 : 1, TickScale.Ceiling(instant) - TickScale.Floor(instant));
            Assert.Equal(TickScale.Floor(instant), TickScale.Floor(TickScale.ToInstant(TickScale.Floor(instant))));
            whole += isWhole ? 1 : 0;
            between += isWhole ? 0 : 1;
        });

        Assert.True(whole > 50 && between > 50, $"{whole} whole, {between} between");
    }

    // Mutant: EpochMicroseconds is zero.
    [Fact]
    public void Tick_zero_is_the_Unix_epoch() => Assert.Equal(DateTimeOffset.UnixEpoch, TickScale.ToInstant(0));

    // Mutant: ToInstant does not look for the end of time.
    [Fact]
    public void A_tick_beyond_the_end_of_time_is_the_end_of_time() =>
        Assert.Equal(DateTimeOffset.MaxValue, TickScale.ToInstant(long.MaxValue));
}
