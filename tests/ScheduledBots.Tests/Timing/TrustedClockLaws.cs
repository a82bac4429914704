using FsCheck;
using FsCheck.Fluent;
using ScheduledBots.Tests.Lifecycle;
using ScheduledBots.Timing;

namespace ScheduledBots.Tests.Timing;

public class TrustedClockLaws
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Skew = TimeSpan.FromMilliseconds(250);

    // Mutant: beyond the skew, Read bounds the wall clock instead of the carried time.
    [Fact]
    public void A_step_moves_the_clock_by_no_more_than_the_skew_until_it_has_stood() => Law.Holds(
        Gen.Choose(-86_400_000, 86_400_000).And(Gen.Choose(0, 29_999).ListOf()),
        script =>
        {
            TrustedClock clock = Clock();
            foreach (int at in script.Second.Order())
            {
                DateTimeOffset real = Start.AddMilliseconds(at);
                Assert.InRange(Read(clock, real.AddMilliseconds(script.First), at).Now, real - Skew, real + Skew);
            }
        });

    // Mutant: Read reports the deviation in every reading beyond the skew; or never anchors to the stepped clock.
    [Fact]
    public void A_step_is_reported_once_and_believed_after_thirty_seconds() => Law.Holds(
        Gen.Choose(251, 86_400_000).And(Gen.Elements(-1, 1)).And(Gen.Choose(1, 10_000)),
        script =>
        {
            TimeSpan step = TimeSpan.FromMilliseconds(script.First.First * script.First.Second);
            int every = script.Second;
            TrustedClock clock = Clock();
            List<TimeSpan> reported = [];
            int at = 0;
            for (; at <= 30_000; at += every)
            {
                ClockReading reading = Read(clock, Start.AddMilliseconds(at) + step, at);
                reported.AddRange(reading.Step is { } one ? [one] : []);
            }

            DateTimeOffset wall = Start.AddMilliseconds(at) + step;
            Assert.Equal(wall, Read(clock, wall, at).Now);
            Assert.Equal([step], reported);
        });

    // Mutant: within the skew the anchor does not follow.
    [Fact]
    public void A_slow_correction_is_never_a_step_over_days() => Law.Holds(
        Gen.Choose(-2_000, 2_000).And(Gen.Choose(1, 60)),
        script =>
        {
            TrustedClock clock = Clock();
            for (int second = 0; second < 3 * 86_400; second += script.Second * 60)
            {
                for (int within = 0; within < 60; within += 30)
                {
                    int at = second / script.Second + within;
                    DateTimeOffset wall = Start.AddSeconds(at).AddMicroseconds((double)at * script.First);
                    ClockReading reading = clock.Read(wall, at * 1_000L);
                    Assert.Null(reading.Step);
                    Assert.Equal(wall, reading.Now);
                }
            }
        });

    // Mutant: Bound swaps sent and received, or forgets the drift.
    [Fact]
    public void The_bounds_contain_the_time_of_the_store() => Law.Holds(
        Gen.Choose(0, 5_000).And(Gen.Choose(0, 5_000)).And(Gen.Choose(-200, 200).And(Gen.Choose(0, 86_400_000))),
        script =>
        {
            (int sent, int length) = script.First;
            (int partsPerMillion, int later) = script.Second;
            foreach (double share in new[] { 0, 0.5, 1 })
            {
                TrustedClock clock = Clock();
                double asked = sent + Math.Floor(length * share);
                DateTimeOffset storeNow = Start.AddHours(3);
                clock.AnchorToStore(storeNow, sent, sent + length);
                long at = sent + length + later;
                double passed = (at - asked) * (1 + (partsPerMillion / 1e6));
                ClockReading reading = Read(clock, Start.AddMilliseconds(at), at);
                DateTimeOffset store = storeNow.AddMilliseconds(passed);
                Assert.InRange(store, reading.Lower - TimeSpan.FromMilliseconds(1), reading.Upper + TimeSpan.FromMilliseconds(1));
            }
        });

    /// <summary>Beats: milliseconds between them, and how long the question and the answer travelled.</summary>
    private static readonly Gen<IList<(int Pause, int There, int Back)>> Answers =
        (from pause in Gen.Choose(1, 5_000)
         from there in Gen.Frequency((3, Gen.Choose(0, 5)), (1, Gen.Choose(0, 1_900)))
         from back in Gen.Frequency((3, Gen.Choose(0, 5)), (1, Gen.Choose(0, 1_900)))
         select (pause, there, back)).ListOf(20).Select(answers => (IList<(int, int, int)>)[.. answers]);

    // Mutant: the later of two lower bounds is not taken. Mutant: the clock is carried in the middle of the bounds (a slow
    // answer then made bots early).
    [Fact]
    public void Whatever_the_answers_took_the_bounds_contain_the_store_and_a_right_wall_clock_is_believed()
    {
        int narrowed = 0;

        Law.Holds(Answers, answers =>
        {
            TrustedClock clock = Clock();
            TimeSpan width = TimeSpan.MaxValue / 2;
            long at = 0;
            foreach ((int pause, int there, int back) in answers)
            {
                at += pause;
                clock.AnchorToStore(Start.AddMilliseconds(at + there), at, at + there + back);
                at += there + back;

                ClockReading reading = Read(clock, Start.AddMilliseconds(at), at);

                Assert.Equal(Start.AddMilliseconds(at), reading.Now);
                Assert.InRange(Start.AddMilliseconds(at), reading.Lower, reading.Upper);
                Assert.True(reading.Upper - reading.Lower <= width + (TimeSpan.FromMilliseconds(pause + there + back) / 1_000), "a slow answer loosened the bounds");
                width = reading.Upper - reading.Lower;
                narrowed += reading.Upper - reading.Lower < TimeSpan.FromMilliseconds(there + back) ? 1 : 0;
            }
        });

        Assert.True(narrowed > 1_000, $"{narrowed} narrowed");
    }

    // Mutant: the clamp is around the bounds that a leap has widened (bots were early by the leap).
    [Theory]
    [InlineData(3_600)]
    [InlineData(-3_600)]
    [InlineData(2)]
    public void A_wall_clock_that_is_set_moves_the_join_clock_by_the_skew_and_may_mean_that_more_time_has_passed(int seconds)
    {
        TrustedClock clock = Clock();
        clock.AnchorToStore(Start, 0, 0);
        Read(clock, Start, 0);

        ClockReading reading = Read(clock, Start.AddSeconds(1 + seconds), 1_000);

        DateTimeOffset expected = Start.AddSeconds(1) + (Math.Sign(seconds) * Skew);
        Assert.InRange(reading.Now, expected.AddMilliseconds(-1), expected.AddMilliseconds(1));
        Assert.True(reading.Upper > Start.AddSeconds(2), "the machine may have slept");
        Assert.NotNull(reading.Step);
    }

    /// <summary>It slept, and its clock, which was ahead, was set right as it awoke; then it is set again, to where it seems to have been all the time.</summary>
    [Fact]
    public void A_wall_clock_that_was_set_back_leaves_no_upper_bound_until_the_store_has_answered()
    {
        TrustedClock clock = Clock();
        clock.AnchorToStore(Start, 0, 0);
        Read(clock, Start.AddMinutes(10), 0);

        Assert.Equal(DateTimeOffset.MaxValue, Read(clock, Start.AddSeconds(30), 1_000).Upper);
        Assert.Equal(DateTimeOffset.MaxValue, Read(clock, Start.AddMinutes(10).AddSeconds(2), 2_000).Upper);
        clock.AnchorToStore(Start.AddSeconds(32), 3_000, 3_000);
        Assert.InRange(Read(clock, Start.AddSeconds(32), 3_000).Upper, Start.AddSeconds(32), Start.AddSeconds(33));
    }

    // Mutant: Read does not restart the standing time when the wall clock moves on to another time.
    [Fact]
    public void Only_the_time_that_stood_is_believed()
    {
        TrustedClock clock = Clock();
        Read(clock, Start.AddHours(1), 0);
        Assert.NotNull(Read(clock, Start.AddHours(-1).AddSeconds(20), 20_000).Step);
        DateTimeOffset real = Start.AddSeconds(31);
        Assert.InRange(Read(clock, real.AddHours(-1), 31_000).Now, real - Skew, real + Skew);
        Assert.Equal(Start.AddSeconds(51).AddHours(-1), Read(clock, Start.AddSeconds(51).AddHours(-1), 51_000).Now);
    }

    private static TrustedClock Clock() => new(Skew, Start, 0, 1_000);

    private static ClockReading Read(TrustedClock clock, DateTimeOffset wall, long at) => clock.Read(wall, at);
}
