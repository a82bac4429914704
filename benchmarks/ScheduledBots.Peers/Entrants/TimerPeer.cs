using System.Collections.Concurrent;

namespace ScheduledBots.Peers.Entrants;

/// <summary>What a host writes first: a timer a job, whole milliseconds as the runtime has them.</summary>
/// <remarks>It keeps its timers: one that nobody references is collected, and never fires.</remarks>
internal sealed class TimerPeer : IPeer
{
    private readonly ConcurrentDictionary<Timer, byte> _timers = new();

    public Func<object, DateTimeOffset, Task> Reschedule => (timer, at) =>
    {
        ((Timer)timer).Change(Until(at), Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    };

    public Func<object, Task> Cancel => timer =>
    {
        _timers.TryRemove((Timer)timer, out _);
        return ((Timer)timer).DisposeAsync().AsTask();
    };

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

    private Timer Schedule(Job job)
    {
        var timer = new Timer(static index => Entry.Enter((int)index!), job.Index, Until(job.At), Timeout.InfiniteTimeSpan);
        _timers.TryAdd(timer, 0);
        return timer;
    }

    private static TimeSpan Until(DateTimeOffset at) => TimeSpan.FromTicks(Math.Max(0, (at - DateTimeOffset.UtcNow).Ticks));
}
