// The main job on real input: a day of meetings from a calendar file, replayed in about twenty seconds. With --storage sqlite or postgres
// it may be killed in the middle; the same command goes on with the day.
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QuickStart;
using ScheduledBots;
using ScheduledBots.Lifecycle;

try
{
    return await RunAsync(Arguments.Parse(args));
}
catch (Exception error) when (error is UsageException or CalendarFileException or StoreUnavailableException or InvalidOperationException or ArgumentException)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

static async Task<int> RunAsync(Arguments arguments)
{
    WorkingDay day = await CalendarFile.ReadAsync(arguments.File ?? Path.Combine(AppContext.BaseDirectory, "working-day.ics"));
    foreach (string problem in day.Problems)
    {
        Console.Error.WriteLine($"left out: {problem}");
    }

    // A name of its own, so that in a database that others use too it meets no bots but these.
    const string Name = "quick-start";
    TimeProvider time = TimeProvider.System;
    var meetings = new DemoMeetings(time);
    HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
    builder.Services
        .AddScheduledBots(Name, options => DemoPace.Set(options, arguments.IsDurable))
        .UseStorage(arguments)
        .UseResourceAllocator(meetings)
        .UseMeetingJoiner(meetings);
    using IHost host = builder.Build();
    IBotScheduler scheduler = host.Services.GetRequiredKeyedService<IBotScheduler>(Name);

    // What an earlier run left is looked at before the engine starts, which finds it too and goes on with it.
    DateTimeOffset startedAt = time.GetUtcNow();
    ReplayedDay? found = await ReplayedDay.FindAsync(scheduler);
    if (found is not null)
    {
        IReadOnlyList<DemoBot> left = await found.ReadAsync(meetings, startedAt);
        string states = string.Join(", ", left.CountBy(bot => bot.Status).OrderBy(state => state.Key).Select(state => $"{state.Value} {state.Key}"));
        Console.WriteLine($"found {left.Count} bots of an earlier run: {states}; {left.Count(bot => !bot.IsSettled && bot.JoinAt <= startedAt)} were due while nothing ran");
    }

    await host.StartAsync();
    DateTimeOffset readyAt = time.GetUtcNow();
    if (found is null)
    {
        Console.WriteLine($"{day.Date:yyyy-MM-dd}: {day.Meetings.Count} meetings");
    }

    ReplayedDay replay = found ?? await ReplayedDay.BeginAsync(scheduler, day, readyAt + DemoPace.HeadStart(arguments.IsDurable));

    await Board.ShowAsync(() => replay.ReadAsync(meetings, time.GetUtcNow()));
    IReadOnlyList<DemoBot> bots = await replay.ReadAsync(meetings, time.GetUtcNow());
    await host.StopAsync();

    // A bot that was due while nothing ran, or too soon after to be staged, is not lost: it failed, and says so.
    DemoBot[] missed = [.. bots.Where(bot => found is not null && bot.Status == BotStatus.Failed && bot.JoinAt <= readyAt + DemoPace.StagingLead)];
    if (missed.Length > 0)
    {
        Console.WriteLine($"missed {missed.Length}, due before there was anybody to stage them: {string.Join(", ", missed.Select(bot => bot.Meeting.Title))}");
    }

    int cancelled = bots.Count(bot => bot.Status == BotStatus.Cancelled);
    var summary = new Summary(bots.Count - cancelled, cancelled, [.. bots.Select(bot => bot.Lateness?.TotalMilliseconds).OfType<double>()]) { Missed = missed.Length };
    summary.Write(Console.Out);
    return summary.IsGood ? 0 : 1;
}
