using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Chaos.Rigging;

/// <summary>Those who schedule: a process of its own that runs no engine, on a line of its own.</summary>
internal sealed class Crowd(string connectionString) : IAsyncDisposable
{
    private const int Batch = 500;

    /// <summary>On a busy machine a call may take longer than it may; a host repeats it then, with the same ids.</summary>
    private const int MaxTries = 20;

    private readonly ServiceProvider _services = Services(connectionString);
    private readonly Dictionary<Guid, DateTimeOffset> _accepted = [];
    private int _count;

    /// <summary>The bots that were accepted, and when they are due.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> Accepted => _accepted;

    public IBotScheduler Scheduler => _services.GetRequiredService<IBotScheduler>();

    /// <summary>Makes the first call, which takes longer than the others.</summary>
    public Task WarmUpAsync(CancellationToken cancellationToken) =>
        AskAgain.UntilAnsweredAsync(MaxTries, () => Scheduler.FindAsync(new BotId(Guid.Empty), cancellationToken));

    /// <summary>Schedules a bot for each instant.</summary>
    /// <exception cref="InvalidOperationException">One was refused.</exception>
    public async Task ScheduleAsync(IEnumerable<DateTimeOffset> instants, CancellationToken cancellationToken)
    {
        foreach (DateTimeOffset[] batch in instants.Chunk(Batch))
        {
            BotRequest[] requests = [.. batch.Select(joinAt => new BotRequest
            {
                MeetingUrl = new Uri("https://meet.example.com/room"), Name = $"bot {++_count}", JoinAt = joinAt, Id = BotId.New(Rig.Now),
            })];
            foreach (ScheduleOutcome outcome in await AskAgain.UntilAnsweredAsync(MaxTries, () => Scheduler.ScheduleManyAsync(requests, cancellationToken)))
            {
                Bot bot = (outcome.Result ?? throw new InvalidOperationException("a bot was refused", outcome.Error)).Bot;
                _accepted.Add(bot.Id.Value, bot.JoinAt);
            }
        }
    }

    /// <summary>Schedules bots at even distances.</summary>
    public Task ScheduleAsync(DateTimeOffset from, int perSecond, TimeSpan length, CancellationToken cancellationToken) => ScheduleAsync(
        Enumerable.Range(0, (int)(perSecond * length.TotalSeconds)).Select(i => from + (i * TimeSpan.FromSeconds(1.0 / perSecond))), cancellationToken);

    /// <summary>Schedules bots at random instants, so many for each second, always so far ahead, until it is cancelled.</summary>
    public async Task KeepSchedulingAsync(int perSecond, TimeSpan lead, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        DateTimeOffset from = Rig.Now + lead;
        try
        {
            while (true)
            {
                // Not given up in the middle: nobody would know what was accepted.
                await ScheduleAsync([.. Enumerable.Range(0, perSecond).Select(_ => from + TimeSpan.FromSeconds(random.NextDouble()))], CancellationToken.None);
                from += TimeSpan.FromSeconds(1);
                await Rig.UntilAsync(from - lead, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static ServiceProvider Services(string connectionString)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddScheduledBots().UseEfCoreStorage(options => options.UseNpgsql(connectionString)).ScheduleOnly();
        return services.BuildServiceProvider();
    }
}
