namespace ScheduledBots.Peers.Entrants;

/// <summary>The second thing a host writes: a priority queue, and one loop that waits for its head and hands jobs to the thread pool.</summary>
internal sealed class QueueLoopPeer : IPeer
{
    private readonly PriorityQueue<int, long> _queue = new();
    private readonly CancellationTokenSource _end = new();
    private TaskCompletionSource _earlier = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loop = Task.CompletedTask;

    /// <summary>A heap finds no job but the first.</summary>
    public Func<object, DateTimeOffset, Task>? Reschedule => null;

    public Func<object, Task>? Cancel => null;

    public Task StartAsync()
    {
        _loop = Task.Run(LoopAsync);
        return Task.CompletedTask;
    }

    public Task<object> ScheduleAsync(Job job)
    {
        lock (_queue)
        {
            bool isEarliest = !_queue.TryPeek(out _, out long first) || job.At.UtcTicks < first;
            _queue.Enqueue(job.Index, job.At.UtcTicks);
            if (isEarliest)
            {
                _earlier.TrySetResult();
            }
        }

        return Task.FromResult<object>(job);
    }

    public async Task ScheduleManyAsync(IReadOnlyList<Job> jobs)
    {
        foreach (Job job in jobs)
        {
            await ScheduleAsync(job);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop.ContinueWith(static _ => { }, TaskScheduler.Default);
        _end.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            Task earlier;
            TimeSpan wait = Timeout.InfiniteTimeSpan;
            lock (_queue)
            {
                while (_queue.TryPeek(out int index, out long due))
                {
                    long left = due - DateTime.UtcNow.Ticks;
                    if (left > 0)
                    {
                        wait = TimeSpan.FromTicks(left);
                        break;
                    }

                    _queue.Dequeue();
                    ThreadPool.UnsafeQueueUserWorkItem(static number => Entry.Enter(number), index, preferLocal: false);
                }

                _earlier = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                earlier = _earlier.Task;
            }

            await Task.WhenAny(earlier, Task.Delay(wait, _end.Token));
        }
    }
}
