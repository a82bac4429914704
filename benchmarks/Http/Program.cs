// Creates bots through the library and through HTTP, by turns on the same PostgreSQL, from the same number of callers at once. The
// callers over HTTP are clients in this process, so their half of the work counts against HTTP. Prints the rates, writes artifacts/bench/http.json.
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using ScheduledBots;
using ScheduledBots.Measuring;
using ScheduledBots.TestDatabase;

const int CallerCount = 32, RoundCount = 5, BotsPerRound = 3_200;
PostgresServer server = BenchServer.New();
await server.StartAsync();
try
{
    string connection = await server.CreateDatabaseAsync();
    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    builder.Logging.ClearProviders();
    builder.Services.AddScheduledBots().UseEfCoreStorage(options => options.UseNpgsql(connection)).ScheduleOnly();
    await using WebApplication app = builder.Build();
    app.MapScheduledBots("/bots");
    await app.StartAsync();
    var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/bots");
    IBotScheduler scheduler = app.Services.GetRequiredService<IBotScheduler>();
    using var client = new HttpClient();
    DateTimeOffset joinAt = TimeProvider.System.GetUtcNow().AddDays(1);
    string body = $$"""{"meeting_url":"https://meet.example.com/abc","bot_name":"Notes","join_at":"{{joinAt.ToString("O", CultureInfo.InvariantCulture)}}"}""";

    List<double> library = [], http = [];
    for (int round = 0; round <= RoundCount; round++)
    {
        double own = await Sample.RateAsync(CallerCount, BotsPerRound / CallerCount, () => scheduler.ScheduleAsync(new BotRequest { MeetingUrl = new Uri("https://meet.example.com/abc"), Name = "Notes", JoinAt = joinAt }));
        double over = await Sample.RateAsync(CallerCount, BotsPerRound / CallerCount, PostAsync);
        if (round > 0) // the first one warms up
        {
            library.Add(own);
            http.Add(over);
            Console.WriteLine($"round {round}: library {own:F0}/s, HTTP {over:F0}/s, ratio {over / own:F2}");
        }
    }

    var figures = new { callers = CallerCount, library = Sample.Median(library), http = Sample.Median(http), ratio = Sample.Median(http) / Sample.Median(library) };
    Console.WriteLine($"http: medians library {figures.library:F0}/s, HTTP {figures.http:F0}/s, ratio {figures.ratio:F2}");
    Artifacts.WriteJson("http", figures);

    async Task PostAsync()
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(address, content);
        if (response.StatusCode != HttpStatusCode.Created)
        {
            throw new InvalidOperationException($"wanted 201, found {(int)response.StatusCode}");
        }
    }
}
finally
{
    await server.StopAsync();
}
