using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ScheduledBots.DependencyInjection;
using ScheduledBots.Lifecycle;
using ScheduledBots.Measuring;
using ScheduledBots.Punctuality.Running;

namespace ScheduledBots.Punctuality.Scale;

/// <summary>A process that schedules many bots over a month, in calls of ten thousand, and says what one took.</summary>
internal static class StoredChild
{
    /// <summary>The first argument of a process that is one.</summary>
    public const string Verb = "stored-child";

    private const int Piece = 10_000;
    private static readonly Uri MeetingUrl = new("https://meet.example.com/scale");

    /// <summary>A slow disk takes longer for ten million than anybody waits: what was stored by then is divided by its own number.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private static readonly TimeSpan MaxTime = Patience + TimeSpan.FromMinutes(1);

    /// <summary>Starts a process and reads what it measured.</summary>
    public static Task<StoredCost> StartAsync(StoreKind store, string connection, int count) =>
        ChildProcess.AskAsync<StoredCost>(MaxTime, Verb, store.ToString(), connection, count.ToString(CultureInfo.InvariantCulture));

    /// <summary>Is that process.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var meeting = new Meeting(new Arrivals([]));
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        IScheduledBotsBuilder bots = builder.Services.AddScheduledBots().UseResourceAllocator(meeting).UseMeetingJoiner(meeting);
        _ = Enum.Parse<StoreKind>(arguments[1]) == StoreKind.Memory
            ? bots.UseInMemoryStorage()
            : bots.UseEfCoreStorage(options => options.UseNpgsql(arguments[2]));
        using IHost host = builder.Build();
        await host.StartAsync();
        IBotScheduler scheduler = host.Services.GetRequiredService<IBotScheduler>();
        await ScheduleAsync(scheduler);
        int count = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long start = Stopwatch.GetTimestamp();
        int done = 0;
        for (; done < count && Stopwatch.GetElapsedTime(start) < Patience; done += Piece)
        {
            await ScheduleAsync(scheduler);
        }

        double micros = Stopwatch.GetElapsedTime(start).TotalMicroseconds / done;
        double bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)done;
        ChildProcess.Answer(arguments, new StoredCost(done, micros, bytes));

        // No drain: it is not what is measured, and the bots are for nobody.
        Environment.Exit(0);
    }

    private static async Task ScheduleAsync(IBotScheduler scheduler)
    {
        DateTimeOffset tomorrow = DateTimeOffset.UtcNow.AddDays(1);
        BotRequest[] requests = [.. Enumerable.Range(0, Piece).Select(number => new BotRequest
        {
            Id = BotId.New(DateTimeOffset.UtcNow), MeetingUrl = MeetingUrl, Name = Meeting.NameOf(number), JoinAt = tomorrow.AddDays(Random.Shared.NextDouble() * 30),
        })];
        IReadOnlyList<ScheduleOutcome> outcomes = await Repeat.OnAsync<IReadOnlyList<ScheduleOutcome>, StoreUnavailableException>(
            () => scheduler.ScheduleManyAsync(requests));
        if (outcomes.FirstOrDefault(outcome => outcome.Error is not null) is { } refused)
        {
            throw new InvalidOperationException("A bot was not scheduled.", refused.Error);
        }
    }
}
