namespace ScheduledBots.Peers.Entrants;

/// <summary>What a host writes first: a timer a job, whole milliseconds as the runtime has them.</summary>
internal sealed class TimerPeer : IPeer
{
    public Func<object, DateTimeOffset, Task> Reschedule => (timer, at) =>
    {
        ((Timer)timer).Change(Until(at), Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    };

    public Func<object, Task> Cancel => timer => ((Timer)timer).DisposeAsync().AsTask();

    public Task StartAsync() => Task.CompletedTask;

    public Task<object> ScheduleAsync(Job job) => Task.FromResult<object>(Schedule(job));

    public Task ScheduleManyAsync(IReadOnlyList<Job> jobs)
    {
        foreach (Job job in jobs)
        {
            Schedule(job);
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;

    private static Timer Schedule(Job job) => new(static index => Entry.Enter((int)index!), job.Index, Until(job.At), Timeout.InfiniteTimeSpan);

    private static TimeSpan Until(DateTimeOffset at) => TimeSpan.FromTicks(Math.Max(0, (at - DateTimeOffset.UtcNow).Ticks));
}
