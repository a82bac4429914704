using ScheduledBots.Execution;
using ScheduledBots.Timing;

namespace ScheduledBots.Tests.Execution;

public sealed class EngineClockTests
{
    // Mutant: ReadPair takes the first pair.
    [Fact]
    public void A_thread_that_is_preempted_between_the_reads_sees_no_step()
    {
        var time = new PreemptedTime();
        var clock = new EngineClock(time, TimeSpan.FromMilliseconds(250));
        DateTimeOffset last = clock.Now;

        for (int i = 0; i < 1_000; i++)
        {
            time.PreemptedRead = i % 3;
            DateTimeOffset now = clock.Now;

            Assert.True(now >= last, $"the clock went back by {last - now}");
            last = now;
        }

        Assert.Equal(0, clock.StepCount);
    }

    [Fact]
    public void A_real_step_is_seen_once()
    {
        var time = new PreemptedTime();
        var clock = new EngineClock(time, TimeSpan.FromMilliseconds(250));
        _ = clock.Now;

        time.Wall += TimeSpan.FromHours(1);
        _ = clock.Now;
        _ = clock.Now;

        Assert.Equal(1, clock.StepCount);
    }

    /// <summary>The answer lay in a buffer for the half minute in which the monotonic clock stood still; windows have closed meanwhile.</summary>
    [Fact]
    public void An_answer_that_was_under_way_while_the_machine_slept_is_not_believed()
    {
        var time = new PreemptedTime();
        var clock = new EngineClock(time, TimeSpan.FromMilliseconds(250));
        Assert.True(clock.AnchorToStore(time.Wall, clock.Mark()));
        ClockMark sent = clock.Mark();
        DateTimeOffset answer = time.Wall;

        time.Wall += TimeSpan.FromSeconds(30);

        Assert.False(clock.AnchorToStore(answer, sent));
        Assert.True(clock.Read().Upper > time.Wall.AddSeconds(-1), "the time that was slept may have passed");
    }

    /// <summary>Between an answer and the next reading of the clocks there is no gap in which a sleep would go unseen.</summary>
    [Fact]
    public void A_sleep_right_after_an_answer_is_seen()
    {
        var time = new PreemptedTime();
        var clock = new EngineClock(time, TimeSpan.FromMilliseconds(250));
        Assert.True(clock.AnchorToStore(time.Wall, clock.Mark()));

        time.Wall += TimeSpan.FromSeconds(30);

        Assert.True(clock.Read().Upper > time.Wall.AddSeconds(-1), "the time that was slept may have passed");
    }

    /// <summary>A microsecond passes with each read, and 400 ms in the middle of one of them.</summary>
    private sealed class PreemptedTime : TimeProvider
    {
        private long _timestamp;
        private int _reads;
        private int _preemptedRead = -1;

        public DateTimeOffset Wall { get; set; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

        /// <summary>Which of the next reads of the wall clock is preempted; the count begins when it is set.</summary>
        public int PreemptedRead
        {
            set => (_preemptedRead, _reads) = (value, 0);
        }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow()
        {
            Pass(TimeSpan.FromMicroseconds(1));
            DateTimeOffset read = Wall;
            if (_reads++ == _preemptedRead)
            {
                Pass(TimeSpan.FromMilliseconds(400));
            }

            return read;
        }

        public override long GetTimestamp()
        {
            Pass(TimeSpan.FromMicroseconds(1));
            return _timestamp;
        }

        private void Pass(TimeSpan span)
        {
            _timestamp += span.Ticks;
            Wall += span;
        }
    }
}
