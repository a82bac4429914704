using ScheduledBots.Tests.Lifecycle;
using ScheduledBots.Timing;

namespace ScheduledBots.Tests.Timing;

public class TimingWheelLaws
{
    // Mutant: Advance compares with slot.Min >= nowTick. Mutant: Settle does not set IsLoose.
    // Mutant: Sift puts an entry before those of its tick. Mutant: Open does not reclaim what is cancelled.
    // Mutant: TopExactLevel is 5. Mutant: IsFullFor does not look at the tick; or Schedule never opens a slot.
    // Mutant: Settle packs before all are told. Mutant: Schedule opens, or TryFindEarliest looks, without settling.
    // Mutant: Open moves the blocks of every slot on whole.
    // Mutant: Vacate does not close the windows around, or forget the near one.
    [Fact]
    public void The_wheel_does_what_a_sorted_set_does()
    {
        int expired = 0, shared = 0, stale = 0, cancelled = 0, farJumps = 0, opened = 0;

        Law.Holds(WheelGenerators.Script, script =>
        {
            var run = new WheelScript(script.Origin, script.Limits);
            foreach (WheelStep step in script.Steps)
            {
                run.Run(step);
            }

            run.Finish();
            expired += run.Expired;
            shared += run.Shared;
            stale += run.Stale;
            cancelled += run.Cancelled;
            farJumps += run.FarJumps;
            opened += run.Opened;
        });

        Assert.True(
            expired > 10_000 && shared > 1_000 && stale > 1_000 && cancelled > 1_000 && farJumps > Law.Cases && opened > 2 * Law.Cases,
            $"{expired} expired, {shared} shared, {stale} stale, {cancelled} cancelled, {farJumps} far jumps, {opened} opened");
    }

    // Mutant: WheelSlab.Free does not put the place on the free list.
    [Fact]
    public void Churn_does_not_grow_the_wheel()
    {
        int churned = 0;
        var wheel = new TimingWheel<int>(0);
        List<int> expired = [];
        WheelHandle last = wheel.Schedule(1L << 45, 0);
        int capacity = wheel.Capacity;
        int blockCapacity = wheel.BlockCapacity;

        for (int round = 0; round < 50_000; round++)
        {
            Assert.True(wheel.Cancel(last));
            last = wheel.Schedule((1L << 45) + (round % 3), round);
            wheel.Schedule(round + 1, round);
            expired.Clear();
            wheel.Advance(round + 1, expired);
            churned += expired.Count;
        }

        wheel.CheckInvariants();
        Assert.Equal(50_000, churned);
        Assert.Equal(1, wheel.Count);
        Assert.Equal(capacity, wheel.Capacity);
        Assert.Equal(blockCapacity, wheel.BlockCapacity);
    }

    // One entry stays, so that the slot is never empty, and time stands still, so that nothing looks through it.
    // Mutant: Settle never packs.
    [Fact]
    public void Rescheduling_does_not_grow_the_wheel()
    {
        var wheel = new TimingWheel<int>(0);
        wheel.Schedule(1L << 45, 0);
        WheelHandle last = wheel.Schedule(1L << 45, 0);
        int capacity = wheel.Capacity;
        int blockCapacity = wheel.BlockCapacity;

        for (int round = 0; round < 50_000; round++)
        {
            Assert.True(wheel.Cancel(last));
            last = wheel.Schedule(1L << 45, round);
        }

        wheel.CheckInvariants();
        Assert.Equal(2, wheel.Count);
        Assert.Equal(capacity, wheel.Capacity);
        Assert.Equal(blockCapacity, wheel.BlockCapacity);
    }
}
