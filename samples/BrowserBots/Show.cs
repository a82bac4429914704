using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ScheduledBots;
using ScheduledBots.Extensibility;

namespace BrowserBots;

/// <summary>The show: by turns a bot that is wanted at once and one that was told its instant, all into the same meeting.</summary>
internal sealed class Show(IBotScheduler scheduler, Room room, Settlements settlements, BrowserJoiner joiner, Uri meeting, CancellationToken ending)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        await using Browsers browsers = await Browsers.StartAsync(ChromiumFile.Find(arguments.Browser));
        var joiner = new BrowserJoiner(browsers);
        var settlements = new Settlements();
        await using WebApplication app = Build(browsers, joiner, settlements);
        var room = new Room(TimeProvider.System, app.Lifetime);
        app.UseWebSockets();
        room.Map(app);
        await app.StartAsync();

        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var show = new Show(
            app.Services.GetRequiredService<IBotScheduler>(), room, settlements, joiner, new Uri(address, Room.MeetingPath), app.Lifetime.ApplicationStopping);
        try
        {
            Outcome outcome = await show.RepeatAsync(arguments.Runs);
            Console.WriteLine(outcome.Line);
            return outcome.IsGood ? 0 : 1;
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>The meeting and its bots are in one process only because this is a sample; they know each other by the address alone.</summary>
    private static WebApplication Build(Browsers browsers, BrowserJoiner joiner, Settlements settlements)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddScheduledBots(DemoPace.Set)
            .UseInMemoryStorage()
            .UseResourceAllocator(new BrowserAllocator(browsers, TimeProvider.System))
            .UseMeetingJoiner(joiner)
            .AddObserver(settlements);
        return builder.Build();
    }

    private async Task<Outcome> RepeatAsync(int runs)
    {
        List<double> scheduled = [], adHoc = [];
        for (int run = 1; run <= runs; run++)
        {
            adHoc.Add(await JoinAsync(null));
            scheduled.Add(await JoinAsync(DemoPace.Lead));
            Console.WriteLine($"run {run}: scheduled {scheduled[^1],6:0.0} ms after join_at, ad-hoc {adHoc[^1],6:0.0} ms after its request");
        }

        return new Outcome(scheduled, adHoc);
    }

    /// <summary>Sends one bot into the meeting and out again.</summary>
    /// <param name="lead">How far ahead its instant is; null to have it there as soon as can be.</param>
    /// <returns>How many milliseconds after its instant, or after it was asked for, the meeting had it.</returns>
    private async Task<double> JoinAsync(TimeSpan? lead)
    {
        DateTimeOffset wantedAt = TimeProvider.System.GetUtcNow() + (lead ?? TimeSpan.Zero);
        ScheduleResult result = await scheduler.ScheduleAsync(
            new BotRequest { MeetingUrl = meeting, Name = lead is null ? "ad-hoc" : "scheduled", JoinAt = lead is null ? null : wantedAt }, ending);
        BotEvent end = await settlements.OfAsync(result.Bot.Id).WaitAsync(Patience, TimeProvider.System, ending);
        if (end.Kind != BotEventKind.Joined)
        {
            throw new InvalidOperationException($"Bot {result.Bot.Id} should have joined and is {end.To} ({end.Reason}). Is the machine out of memory, or was its browser closed?");
        }

        DateTimeOffset arrivedAt = await room.ArrivalOfAsync(result.Bot.Id).WaitAsync(Patience, TimeProvider.System, ending);
        await joiner.LeaveAsync(result.Bot.Id);
        return (arrivedAt - wantedAt).TotalMilliseconds;
    }
}
