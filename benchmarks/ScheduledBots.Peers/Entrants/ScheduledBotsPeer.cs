using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ScheduledBots.DependencyInjection;
using ScheduledBots.Extensibility;
using ScheduledBots.Lifecycle;
using ScheduledBots.Measuring;

namespace ScheduledBots.Peers.Entrants;

/// <summary>A host with the engine at its defaults; <paramref name="connection"/> is null for memory.</summary>
internal sealed class ScheduledBotsPeer(string? connection) : IPeer, IResourceAllocator, IMeetingJoiner
{
    private static readonly Uri MeetingUrl = new("https://meet.example.com/peers");
    private static readonly Task<JoinResult> Joined = Task.FromResult(JoinResult.Joined());
    private static readonly Task<Allocation> Seat = Task.FromResult(new Allocation("seat"));

    private IHost? _host;

    public Func<object, DateTimeOffset, Task> Reschedule => (id, at) => Scheduler.RescheduleAsync((BotId)id, at);

    public Func<object, Task> Cancel => id => Scheduler.CancelAsync((BotId)id);

    private IBotScheduler Scheduler => _host!.Services.GetRequiredService<IBotScheduler>();

    public async Task StartAsync()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        IScheduledBotsBuilder bots = builder.Services.AddScheduledBots().UseResourceAllocator(this).UseMeetingJoiner(this);
        _ = connection is null ? bots.UseInMemoryStorage() : bots.UseEfCoreStorage(options => options.UseNpgsql(connection));
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async Task<object> ScheduleAsync(Job job)
    {
        BotRequest request = Request(job);
        return (await Repeat.OnAsync<ScheduleResult, StoreUnavailableException>(() => Scheduler.ScheduleAsync(request))).Bot.Id;
    }

    public async Task ScheduleManyAsync(IReadOnlyList<Job> jobs)
    {
        BotRequest[] requests = [.. jobs.Select(Request)];
        IReadOnlyList<ScheduleOutcome> outcomes = await Repeat.OnAsync<IReadOnlyList<ScheduleOutcome>, StoreUnavailableException>(
            () => Scheduler.ScheduleManyAsync(requests));
        if (outcomes.FirstOrDefault(outcome => outcome.Error is not null) is { } refused)
        {
            throw new InvalidOperationException("A bot was not scheduled.", refused.Error);
        }
    }

    public Task<Allocation> AllocateAsync(Bot bot, Fence fence, CancellationToken cancellationToken) => Seat;

    public Task ReleaseAsync(Bot bot, Fence fence, Allocation allocation, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<JoinResult> JoinAsync(JoinAttempt attempt, CancellationToken cancellationToken)
    {
        Entry.Enter(int.Parse(attempt.Bot.Name, CultureInfo.InvariantCulture));
        return Joined;
    }

    public ValueTask DisposeAsync()
    {
        _host?.Dispose();
        return default;
    }

    private static BotRequest Request(Job job) =>
        new() { Id = BotId.New(DateTimeOffset.UtcNow), MeetingUrl = MeetingUrl, Name = job.Index.ToString(CultureInfo.InvariantCulture), JoinAt = job.At };
}
