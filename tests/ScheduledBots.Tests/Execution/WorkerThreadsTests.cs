using System.Collections.Concurrent;
using ScheduledBots.Execution;

namespace ScheduledBots.Tests.Execution;

public sealed class WorkerThreadsTests : IDisposable
{
    private const int MaxBlocked = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<Exception> _faults = [];
    private readonly ManualResetEventSlim _gate = new();
    private readonly WorkerThreads _workers;

    public WorkerThreadsTests() => _workers = new WorkerThreads("test", MaxBlocked, _faults.Enqueue, idleTime: TimeSpan.FromMilliseconds(20));

    public void Dispose()
    {
        _gate.Set();
        _workers.Dispose();
    }

    // Mutant: Work drops every item that a second thread could have taken (it dequeues twice).
    [Fact]
    public void Everything_posted_runs_exactly_once()
    {
        const int Count = 20_000;
        int[] runs = new int[Count];
        using var done = new CountdownEvent(Count);
        Parallel.For(0, Count, i => _workers.Post(() =>
        {
            Interlocked.Increment(ref runs[i]);
            done.Signal();
        }));

        Assert.True(done.Wait(Patience), $"{done.CurrentCount} did not run");
        Assert.All(runs, count => Assert.Equal(1, count));
    }

    // Mutant: Run does not call WatchIfStuck (posts that come while the threads are still idle grow nothing).
    [Fact]
    public void Blocked_threads_stop_nobody_while_there_are_fewer_than_allowed()
    {
        using var ran = new ManualResetEventSlim();
        for (int i = 0; i < _workers.WarmCount + MaxBlocked - 1; i++)
        {
            _workers.Post(() => _gate.Wait());
        }

        _workers.Post(ran.Set);

        Assert.True(ran.Wait(Patience), $"{_workers.ThreadCount} threads");
        Assert.False(_workers.IsSaturated);
    }

    // Mutant: Work takes from _later first.
    [Fact]
    public void What_is_posted_for_later_gives_way_to_what_is_posted()
    {
        const int Count = 100;
        using var workers = new WorkerThreads("later", 0, _faults.Enqueue);
        using var blocked = new CountdownEvent(workers.WarmCount);
        using var done = new CountdownEvent(2 * Count);
        ConcurrentQueue<bool> order = [];
        for (int i = 0; i < workers.WarmCount; i++)
        {
            workers.Post(() =>
            {
                blocked.Signal();
                _gate.Wait();
            });
        }

        Assert.True(blocked.Wait(Patience));
        for (int i = 0; i < Count; i++)
        {
            workers.PostLater(() => Run(false));
            workers.Post(() => Run(true));
        }

        _gate.Set();

        // Each thread but one may have taken its item and not run it yet.
        Assert.True(done.Wait(Patience));
        Assert.All(order.Take(Count - workers.WarmCount), Assert.True);

        void Run(bool isFirst)
        {
            order.Enqueue(isFirst);
            done.Signal();
        }
    }

    // Mutant: PostLater announces what is held. Mutant: ResumeLater announces nothing.
    [Fact]
    public void What_follows_a_call_waits_while_many_calls_are_handed_over()
    {
        const int Count = 100;
        using var workers = new WorkerThreads("later", 0, _faults.Enqueue, Timeout.InfiniteTimeSpan);
        using var called = new CountdownEvent(Count);
        using var followed = new CountdownEvent(Count);
        workers.HoldLater();
        for (int i = 0; i < Count; i++)
        {
            workers.Post(() =>
            {
                workers.PostLater(() => followed.Signal());
                called.Signal();
            });
        }

        Assert.True(called.Wait(Patience));
        int followedEarly = Count - followed.CurrentCount;
        workers.ResumeLater();

        Assert.Equal(0, followedEarly);
        Assert.True(followed.Wait(Patience));
    }

    // Mutant: ResumeLater announces nothing.
    [Fact]
    public void Nothing_that_is_posted_for_later_is_lost_between_holding_and_resuming()
    {
        const int Count = 20_000;
        using var workers = new WorkerThreads("later", 0, _faults.Enqueue, Timeout.InfiniteTimeSpan);
        using var done = new CountdownEvent(2 * Count);
        Thread[] posters = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < Count; i++)
            {
                workers.PostLater(() => done.Signal());
            }
        }))];
        Array.ForEach(posters, poster => poster.Start());
        while (posters.Any(poster => poster.IsAlive))
        {
            workers.HoldLater();
            workers.ResumeLater();
        }

        Assert.True(done.Wait(Patience));
    }

    // Mutant: AwaitFirst waits for what has begun however long it takes.
    [Fact]
    public void What_is_posted_for_later_does_not_wait_for_a_call_that_blocks()
    {
        using var workers = new WorkerThreads("later", 0, _faults.Enqueue, Timeout.InfiniteTimeSpan);
        using var began = new ManualResetEventSlim();
        using var followed = new ManualResetEventSlim();
        workers.Post(() =>
        {
            began.Set();
            _gate.Wait();
        });

        Assert.True(began.Wait(Patience));
        workers.PostLater(followed.Set);

        Assert.True(followed.Wait(Patience));
        _gate.Set();
    }

    // Mutant: AddThread without a limit. Mutant: IsSaturated does not ask whether work waits.
    [Fact]
    public void There_are_never_more_threads_than_allowed()
    {
        int allowed = _workers.WarmCount + MaxBlocked;
        using var blocked = new CountdownEvent(allowed);
        for (int i = 0; i < allowed; i++)
        {
            _workers.Post(() =>
            {
                blocked.Signal();
                _gate.Wait();
            });
        }

        Assert.True(blocked.Wait(Patience));
        Assert.False(_workers.IsSaturated, "nothing waits");
        using var last = new ManualResetEventSlim();
        _workers.Post(last.Set);
        Assert.True(_workers.IsSaturated);
        Assert.False(last.Wait(TimeSpan.FromMilliseconds(50)));
        Assert.Equal(allowed, _workers.ThreadCount);

        _gate.Set();
        Assert.True(last.Wait(Patience));
    }

    // Mutant: Run does not catch.
    [Fact]
    public void An_action_that_throws_is_reported_and_its_thread_goes_on()
    {
        int count = _workers.WarmCount * 4;
        using var done = new CountdownEvent(1);
        for (int i = 0; i < count; i++)
        {
            _workers.Post(() => throw new InvalidOperationException("contained"));
        }

        _workers.Post(() => SpinWait.SpinUntil(() => _faults.Count == count, Patience));
        _workers.Post(() => done.Signal());

        Assert.True(done.Wait(Patience));
        Assert.True(SpinWait.SpinUntil(() => _faults.Count == count, Patience));
    }

    // Mutant: TryRetire is never asked (no thread goes). Mutant: it does not compare with WarmCount (all go).
    [Fact]
    public void Threads_that_were_added_end_when_they_find_nothing_to_do()
    {
        using var blocked = new CountdownEvent(_workers.WarmCount + MaxBlocked);
        for (int i = 0; i < _workers.WarmCount + MaxBlocked; i++)
        {
            _workers.Post(() =>
            {
                blocked.Signal();
                _gate.Wait();
            });
        }

        Assert.True(blocked.Wait(Patience));
        _gate.Set();

        Assert.True(SpinWait.SpinUntil(() => _workers.ThreadCount == _workers.WarmCount, Patience), $"{_workers.ThreadCount} threads");
        using var ran = new ManualResetEventSlim();
        _workers.Post(ran.Set);
        Assert.True(ran.Wait(Patience));
        Assert.Equal(_workers.WarmCount, _workers.ThreadCount);
    }

    [Fact]
    public void Threads_come_and_go_and_everything_posted_runs_exactly_once()
    {
        const int Rounds = 40, Count = 12;
        int runs = 0;
        for (int round = 0; round < Rounds; round++)
        {
            using var done = new CountdownEvent(Count);
            for (int i = 0; i < Count; i++)
            {
                _workers.Post(() =>
                {
                    Interlocked.Increment(ref runs);
                    _gate.Wait(TimeSpan.FromMilliseconds(round % 2 == 0 ? 1 : 25));
                    done.Signal();
                });
            }

            Assert.True(done.Wait(Patience), $"{done.CurrentCount} did not run in round {round}");
        }

        Assert.Equal(Rounds * Count, runs);
    }

    // Mutant: Add does not look at _disposed.
    [Fact]
    public void What_is_posted_after_the_end_still_runs()
    {
        _workers.Dispose();
        Assert.True(SpinWait.SpinUntil(() => _workers.ThreadCount == 0, Patience), $"{_workers.ThreadCount} threads");

        using var ran = new ManualResetEventSlim();
        _workers.Post(ran.Set);

        Assert.True(ran.Wait(Patience));
        Assert.True(SpinWait.SpinUntil(() => _workers.ThreadCount == 0, Patience), $"{_workers.ThreadCount} threads");
    }
}
