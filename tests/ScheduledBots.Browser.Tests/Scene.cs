using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using ScheduledBots.Configuration;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.Browser.Tests;

/// <summary>A host of the page on the loopback, and a browser that looks at it and keeps what its console said.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IBrowserContext _context;
    private readonly List<string> _console = [];

    private Scene(WebApplication app, IBrowserContext context, IPage page)
    {
        (_app, _context, Page) = (app, context, page);
        page.Console += (_, message) => _console.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        page.PageError += (_, error) => _console.Add(error);
    }

    public IPage Page { get; }

    public required SlowBrowsers Browsers { get; init; }

    public IBotScheduler Scheduler => _app.Services.GetRequiredService<IBotScheduler>();

    private Uri Address => new(new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()), "/bots");

    public static async Task<Scene> OpenAsync(
        Chromium chromium, BrowserNewContextOptions? look = null, Action<ScheduledBotsOptions>? configure = null, Func<Scene, Task>? before = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var browsers = new SlowBrowsers();
        builder.Services.AddScheduledBots(options => configure?.Invoke(options))
            .UseInMemoryStorage().UseResourceAllocator(browsers).UseMeetingJoiner(browsers).AddSchedulePage();
        WebApplication app = builder.Build();
        app.MapScheduledBotsPage("/bots").AllowAnonymous();
        await app.StartAsync();
        IBrowserContext context = await chromium.Browser.NewContextAsync(look ?? new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 1000 } });
        context.SetDefaultTimeout(20_000);
        var scene = new Scene(app, context, await context.NewPageAsync()) { Browsers = browsers };
        if (before is not null)
        {
            await before(scene);
        }

        await scene.Page.GotoAsync(scene.Address.ToString());
        await Assertions.Expect(scene.Page.Locator("#live-text")).ToHaveTextAsync("Live");
        return scene;
    }

    public async Task<Bot> ScheduleAsync(TimeSpan? ahead, string name = "Notes") => (await Scheduler.ScheduleAsync(new BotRequest
    {
        MeetingUrl = new Uri("https://meet.example.com/abc"),
        Name = name,
        JoinAt = ahead is { } lead ? TimeProvider.System.GetUtcNow() + lead : null,
    })).Bot;

    public ILocator Row(Bot bot) => Page.Locator($"[data-bot='{bot.Id}']");

    /// <summary>A picture for people, in the artifacts of the repository.</summary>
    public Task ShootAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Artifacts.Folder, name + ".png") });

    /// <summary>The host goes away.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <summary>Neither the policy nor a script has complained.</summary>
    public void IsQuiet() => Assert.Empty(_console);

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
