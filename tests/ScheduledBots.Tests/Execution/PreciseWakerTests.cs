using System.Collections.Concurrent;
using ScheduledBots.Execution;

namespace ScheduledBots.Tests.Execution;

public sealed class PreciseWakerTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EngineClock _clock = new(TimeProvider.System, TimeSpan.FromMilliseconds(250));
    private readonly ConcurrentQueue<Exception> _faults = [];
    private readonly PreciseWaker _waker;

    public PreciseWakerTests() => _waker = new PreciseWaker(_clock, TimeSpan.FromMicroseconds(200), _faults.Enqueue);

    public ValueTask DisposeAsync() => _waker.DisposeAsync();

    // Mutant: CloseGap does not read the clock again after its sleep, which is 100 microseconds too short.
    [Fact]
    public async Task A_turn_never_comes_before_its_deadline()
    {
        DateTimeOffset deadline = DateTimeOffset.MinValue;
        int turns = 0, early = 0;
        using var enough = new SemaphoreSlim(0);
        _waker.Start(() =>
        {
            early += _clock.Now < deadline ? 1 : 0;
            if (++turns == 100)
            {
                enough.Release();
                return null;
            }

            return deadline = _clock.Now.AddMicroseconds(turns * 50);
        });

        Assert.True(await enough.WaitAsync(Patience));
        Assert.Equal(0, early);
    }

    // Mutant: Run resets the event after the turn.
    [Fact]
    public async Task No_signal_is_lost()
    {
        const int Signals = 20_000;
        int posted = 0, seen = 0;
        using var all = new SemaphoreSlim(0);
        _waker.Start(() =>
        {
            seen = Volatile.Read(ref posted);
            if (seen == Signals)
            {
                all.Release();
            }

            return null;
        });
        for (int i = 0; i < Signals; i++)
        {
            Interlocked.Increment(ref posted);
            _waker.Signal();
        }

        Assert.True(await all.WaitAsync(Patience), $"the last turn saw {Volatile.Read(ref seen)} of {posted}");
    }

    // Mutant: Signal counts up a semaphore whose count is taken by waits only.
    [Fact]
    public async Task Signals_that_came_during_busy_turns_leave_no_turns_behind()
    {
        const int Busy = 5_000;
        int turns = 0;
        using var calm = new SemaphoreSlim(0);
        _waker.Start(() =>
        {
            if (++turns <= Busy)
            {
                _waker.Signal();
                return DateTimeOffset.MinValue;
            }

            calm.Release();
            return null;
        });

        Assert.True(await calm.WaitAsync(Patience));
        Assert.False(await calm.WaitAsync(TimeSpan.FromMilliseconds(200)) && await calm.WaitAsync(TimeSpan.FromMilliseconds(200)));
    }

    // Mutant: Run does not catch.
    [Fact]
    public async Task A_turn_that_throws_is_reported_and_the_waker_goes_on()
    {
        int turns = 0;
        using var second = new SemaphoreSlim(0);
        _waker.Start(() =>
        {
            if (++turns == 1)
            {
                throw new InvalidOperationException("once");
            }

            second.Release();
            return null;
        });

        Assert.True(await second.WaitAsync(Patience));
        Assert.Single(_faults);
    }

    // Mutant: DisposeAsync does not signal.
    [Fact]
    public async Task Disposing_ends_a_wait_without_a_deadline()
    {
        using var first = new SemaphoreSlim(0);
        int turns = 0;
        _waker.Start(() =>
        {
            turns++;
            first.Release();
            return null;
        });
        Assert.True(await first.WaitAsync(Patience));

        await _waker.DisposeAsync().AsTask().WaitAsync(Patience);

        int atEnd = turns;
        _waker.Signal();
        Assert.Equal(atEnd, turns);
    }

    // Mutant: the pause is a deadline that WaitUntil waits for, open to signals.
    [Fact]
    public async Task A_turn_that_signals_itself_and_throws_leaves_a_pause()
    {
        List<long> turns = [];
        using var enough = new SemaphoreSlim(0);
        _waker.Start(() =>
        {
            turns.Add(TimeProvider.System.GetTimestamp());
            if (turns.Count == 3)
            {
                enough.Release();
                return null;
            }

            _waker.Signal();
            throw new InvalidOperationException("again");
        });

        Assert.True(await enough.WaitAsync(Patience));
        Assert.Equal(2, _faults.Count);
        Assert.True(TimeProvider.System.GetElapsedTime(turns[0], turns[2]) >= Waker.FaultPause, "shorter than one pause, and there were two");
    }

    [Fact]
    public async Task A_pause_ends_with_the_waker()
    {
        using var first = new SemaphoreSlim(0);
        _waker.Start(() =>
        {
            first.Release();
            throw new InvalidOperationException("every time");
        });
        Assert.True(await first.WaitAsync(Patience));

        await _waker.DisposeAsync().AsTask().WaitAsync(Patience);
    }

    // Mutant: WaitUntil does not look at the latest time it has seen.
    [Fact]
    public async Task A_clock_that_goes_back_brings_a_turn()
    {
        var time = new SteppedTime();
        var clock = new EngineClock(time, TimeSpan.FromDays(1));
        await using var waker = new PreciseWaker(clock, TimeSpan.Zero, _faults.Enqueue);
        using var turns = new SemaphoreSlim(0);
        waker.Start(() =>
        {
            turns.Release();
            return clock.Now.AddHours(1);
        });
        Assert.True(await turns.WaitAsync(Patience));

        // Not before the waker has seen the later time; it looks at least twice a second, so one of the steps is enough.
        bool came = false;
        for (int i = 0; i < 30 && !came; i++)
        {
            time.Offset -= TimeSpan.FromMinutes(1);
            came = await turns.WaitAsync(TimeSpan.FromSeconds(1));
        }

        Assert.True(came);
    }

    private sealed class SteppedTime : TimeProvider
    {
        private long _offsetTicks;

        public TimeSpan Offset
        {
            get => new(Volatile.Read(ref _offsetTicks));
            set => Volatile.Write(ref _offsetTicks, value.Ticks);
        }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
    }
}
