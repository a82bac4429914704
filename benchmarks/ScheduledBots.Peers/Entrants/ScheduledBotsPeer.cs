using ScheduledBots.Lifecycle;
using ScheduledBots.Measuring;

namespace ScheduledBots.Peers.Entrants;

/// <summary>A host with the engine at its defaults; <paramref name="connection"/> is null for memory.</summary>
internal sealed class ScheduledBotsPeer(string? connection) : IPeer
{
    private EngineHost? _host;

    public Func<object, DateTimeOffset, Task> Reschedule => (id, at) => Scheduler.RescheduleAsync((BotId)id, at);

    public Func<object, Task> Cancel => id => Scheduler.CancelAsync((BotId)id);

    private IBotScheduler Scheduler => _host!.Scheduler;

    public async Task StartAsync() => _host = await EngineHost.StartAsync(
        connection is null ? StoreKind.Memory : StoreKind.Postgres, connection ?? "", new Meeting(Entry.Enter));

    public async Task<object> ScheduleAsync(Job job)
    {
        BotRequest request = Meeting.Request(job.Index, job.At);
        return (await Repeat.OnAsync<ScheduleResult, StoreUnavailableException>(() => Scheduler.ScheduleAsync(request))).Bot.Id;
    }

    public Task ScheduleManyAsync(IReadOnlyList<Job> jobs) => _host!.ScheduleAsync([.. jobs.Select(job => Meeting.Request(job.Index, job.At))]);

    public ValueTask DisposeAsync()
    {
        _host?.Dispose();
        return default;
    }
}
