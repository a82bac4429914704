using Microsoft.Extensions.Time.Testing;
using ScheduledBots.Execution;

namespace ScheduledBots.Tests.Execution;

public sealed class TimerWakerTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly List<Exception> _faults = [];
    private readonly TimerWaker _waker;

    public TimerWakerTests() =>
        _waker = new TimerWaker(_time, new EngineClock(_time, TimeSpan.FromMilliseconds(250)), _faults.Add);

    public ValueTask DisposeAsync() => _waker.DisposeAsync();

    // Mutant: SetTimer rounds down to whole milliseconds, and OnTimer signals without looking at the clock.
    [Fact]
    public void A_turn_never_comes_before_its_deadline()
    {
        DateTimeOffset deadline = _time.GetUtcNow();
        int turns = 0;
        _waker.Start(() =>
        {
            Assert.True(_time.GetUtcNow() >= deadline);
            turns++;
            return deadline = _time.GetUtcNow().AddMicroseconds(1_700);
        });

        for (int i = 0; i < 2_000; i++)
        {
            _time.Advance(TimeSpan.FromMicroseconds(300));
        }

        Assert.Empty(_faults);
        Assert.True(turns > 100, $"{turns} turns");
    }

    // Mutant: Signal does not look at _running; or RunTurns clears _wanted after the turn.
    [Fact]
    public async Task Turns_do_not_overlap_and_no_signal_is_lost()
    {
        const int Threads = 4, Signals = 5_000;
        int posted = 0, seen = 0, inside = 0, overlaps = 0;
        using var all = new SemaphoreSlim(0);
        _waker.Start(() =>
        {
            overlaps += Interlocked.Increment(ref inside) > 1 ? 1 : 0;
            seen = Volatile.Read(ref posted);
            Interlocked.Decrement(ref inside);
            if (seen == Threads * Signals)
            {
                all.Release();
            }

            return null;
        });
        Task[] signallers = [.. Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < Signals; i++)
            {
                Interlocked.Increment(ref posted);
                _waker.Signal();
            }
        }))];

        Assert.True(await all.WaitAsync(Patience), $"the last turn saw {seen} of {posted}");
        await Task.WhenAll(signallers);
        Assert.Equal(0, overlaps);
    }

    // Mutant: RunTurns does not catch.
    [Fact]
    public void A_turn_that_throws_is_reported_and_tried_again()
    {
        int turns = 0;
        _waker.Start(() => ++turns == 1 ? throw new InvalidOperationException("once") : null);
        Assert.Single(_faults);

        _time.Advance(Waker.FaultPause);

        Assert.Equal(2, turns);
    }

    // Mutant: RunTurns does not look at _pausing.
    [Fact]
    public void A_turn_that_signals_itself_and_throws_leaves_a_pause()
    {
        int turns = 0;
        _waker.Start(() =>
        {
            turns++;
            _waker.Signal();
            throw new InvalidOperationException("every time");
        });
        _waker.Signal();
        Assert.Equal(1, turns);

        for (int i = 2; i <= 5; i++)
        {
            _time.Advance(Waker.FaultPause);
            _waker.Signal();
            Assert.Equal(i, turns);
        }
    }

    // Mutant: OnTimer does not clear _pausing.
    [Fact]
    public void After_the_pause_signals_bring_turns_again()
    {
        int turns = 0;
        _waker.Start(() => ++turns == 1 ? throw new InvalidOperationException("once") : null);
        _time.Advance(Waker.FaultPause);

        _waker.Signal();

        Assert.Equal(3, turns);
    }

    [Fact]
    public async Task After_the_end_nothing_brings_a_turn()
    {
        int turns = 0;
        _waker.Start(() =>
        {
            turns++;
            return _time.GetUtcNow().AddSeconds(1);
        });

        await _waker.DisposeAsync();

        _waker.Signal();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, turns);
    }

    // Mutant: TrySetTimer does not cut the wait.
    [Fact]
    public void A_deadline_beyond_the_longest_wait_is_reached()
    {
        DateTimeOffset deadline = _time.GetUtcNow().AddDays(60);
        int turns = 0;
        _waker.Start(() => ++turns == 1 ? deadline : null);

        _time.Advance(TimeSpan.FromDays(60));

        Assert.Equal(2, turns);
        Assert.Empty(_faults);
    }
}
