using System.Diagnostics;
using System.Globalization;
using ScheduledBots.Measuring;

namespace ScheduledBots.Punctuality.Scale;

/// <summary>A process that schedules many bots over a month, in calls of ten thousand, and says what one took.</summary>
internal static class StoredChild
{
    /// <summary>The first argument of a process that is one.</summary>
    public const string Verb = "stored-child";

    private const int Piece = 10_000;

    /// <summary>A slow disk takes longer for ten million than anybody waits: what was stored by then is divided by its own number.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private static readonly TimeSpan MaxTime = Patience + TimeSpan.FromMinutes(1);

    /// <summary>Starts a process and reads what it measured.</summary>
    public static Task<StoredCost> StartAsync(StoreKind store, string connection, int count) =>
        ChildProcess.AskAsync<StoredCost>(MaxTime, Verb, store.ToString(), connection, count.ToString(CultureInfo.InvariantCulture));

    /// <summary>Is that process.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var meeting = new Meeting(static (_, _) => { });
        using EngineHost host = await EngineHost.StartAsync(Enum.Parse<StoreKind>(arguments[1]), arguments[2], meeting);
        await host.ScheduleAsync(NewRequests());
        int count = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long start = Stopwatch.GetTimestamp();
        int done = 0;
        for (; done < count && Stopwatch.GetElapsedTime(start) < Patience; done += Piece)
        {
            await host.ScheduleAsync(NewRequests());
        }

        double micros = Stopwatch.GetElapsedTime(start).TotalMicroseconds / done;
        double bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)done;
        ChildProcess.Answer(arguments, new StoredCost(done, micros, bytes));

        // No drain: it is not what is measured, and the bots are for nobody.
        Environment.Exit(0);
    }

    private static BotRequest[] NewRequests()
    {
        DateTimeOffset tomorrow = DateTimeOffset.UtcNow.AddDays(1);
        return [.. Enumerable.Range(0, Piece).Select(number => Meeting.Request(number, tomorrow.AddDays(Random.Shared.NextDouble() * 30)))];
    }
}
