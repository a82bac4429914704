namespace ScheduledBots.Peers.Entrants;

/// <summary>A scheduler that starts jobs at instants. Whoever wants another one measured writes one of these and a line in <see cref="Entrant"/>.</summary>
internal interface IPeer : IAsyncDisposable
{
    Task StartAsync();

    /// <summary>Schedules one job, safely from several callers at once.</summary>
    /// <returns>What the peer knows the job by.</returns>
    Task<object> ScheduleAsync(Job job);

    /// <summary>Schedules many in the quickest way that the peer has.</summary>
    Task ScheduleManyAsync(IReadOnlyList<Job> jobs);

    /// <summary>Null where a peer cannot.</summary>
    Func<object, DateTimeOffset, Task>? Reschedule { get; }

    Func<object, Task>? Cancel { get; }
}
