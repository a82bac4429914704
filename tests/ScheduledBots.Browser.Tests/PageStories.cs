using Microsoft.Playwright;
using ScheduledBots.Lifecycle;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace ScheduledBots.Browser.Tests;

/// <summary>The page as a person meets it. Playwright's expectations wait; no time is asserted.</summary>
[Collection(nameof(Chromium))]
public sealed class PageStories(Chromium chromium, ITestOutputHelper output)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // Mutant: BotList.change does nothing.
    [Fact]
    public async Task A_transition_is_seen_as_it_happens()
    {
        await using Scene scene = await Scene.OpenAsync(chromium);
        Bot waits = await scene.ScheduleAsync(null, "waits");
        Bot fails = await scene.ScheduleAsync(null, "fails");

        await Expect(scene.Row(waits)).ToContainTextAsync("joining");
        scene.Browsers.OpenDoor();
        await Expect(scene.Row(waits)).ToContainTextAsync("joined");

        await Expect(scene.Row(fails)).ToContainTextAsync("failed");
        await Expect(scene.Row(fails)).ToContainTextAsync("the joiner could not get it in");
        await Expect(scene.Page.Locator("#count-joined")).ToHaveTextAsync("1");
        await Expect(scene.Page.Locator("#reasons")).ToContainTextAsync("the joiner could not get it in");
        await Expect(scene.Page.Locator("#failures")).ToContainTextAsync("fails");
        scene.IsQuiet();
    }

    [Fact]
    public async Task A_bot_is_moved_and_then_cancelled()
    {
        await using Scene scene = await Scene.OpenAsync(chromium);
        Bot bot = await scene.ScheduleAsync(Hour / 2, "Weekly");

        await scene.Row(bot).ClickAsync();
        await Expect(scene.Page.Locator("#bot-name")).ToHaveTextAsync("Weekly");
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "+15 min" }).ClickAsync();
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Reschedule" }).ClickAsync();
        await Expect(scene.Page.Locator("#toast")).ToContainTextAsync("now joins at");
        Bot? moved = await scene.Scheduler.FindAsync(bot.Id);

        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel bot…" }).ClickAsync();
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel this bot" }).ClickAsync();
        await Expect(scene.Page.Locator("#bot-state")).ToContainTextAsync("cancelled");
        await Expect(scene.Page.Locator("#bot-history li")).ToHaveCountAsync(3);
        await Expect(scene.Row(bot)).ToContainTextAsync("cancelled");

        Assert.InRange(moved!.JoinAt - bot.JoinAt, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(16));
        Assert.IsType<CancelledBot>(await scene.Scheduler.FindAsync(bot.Id));
        scene.IsQuiet();
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_servers_words()
    {
        await using Scene scene = await Scene.OpenAsync(chromium);
        Bot bot = await scene.ScheduleAsync(Hour / 2);

        await scene.Row(bot).ClickAsync();
        await scene.Page.Locator("#join-at").FillAsync("2020-01-01T10:00:01");
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Reschedule" }).ClickAsync();

        await Expect(scene.Page.Locator("#bot-problem")).ToContainTextAsync("join_at");
        Assert.Equal(bot.JoinAt, (await scene.Scheduler.FindAsync(bot.Id))!.JoinAt);
    }

    [Fact]
    public async Task A_server_that_has_gone_is_told()
    {
        await using Scene scene = await Scene.OpenAsync(chromium);
        Bot bot = await scene.ScheduleAsync(Hour / 2);
        await Expect(scene.Row(bot)).ToBeVisibleAsync();

        await scene.StopAsync();

        await Expect(scene.Page.Locator("#live-text")).Not.ToHaveTextAsync("Live");
        await scene.Row(bot).ClickAsync();
        await Expect(scene.Page.Locator("#bot-problem")).ToContainTextAsync("cannot be reached");
    }

    [Fact]
    public async Task The_keyboard_is_enough()
    {
        await using Scene scene = await Scene.OpenAsync(chromium);
        Bot bot = await scene.ScheduleAsync(TimeSpan.FromMinutes(10), "By key");
        await Expect(scene.Row(bot)).ToBeVisibleAsync();
        IKeyboard keys = scene.Page.Keyboard;

        await TabToAsync(scene, ".bar");
        for (int i = 0; i < 100 && !(await FocusedAsync(scene, "aria-label")).Contains("1 scheduled", StringComparison.Ordinal); i++)
        {
            await keys.PressAsync("ArrowRight");
        }

        await keys.PressAsync("Enter");
        await Expect(scene.Page.Locator("#picked")).ToBeVisibleAsync();
        await TabToAsync(scene, ".row");
        await keys.PressAsync("Enter");
        await Expect(scene.Page.Locator("#bot-name")).ToHaveTextAsync("By key");
        await TabToAsync(scene, "#cancel");
        await keys.PressAsync("Enter");
        await Expect(scene.Page.Locator("#confirm-no")).ToBeFocusedAsync();
        await keys.PressAsync("Shift+Tab");
        await keys.PressAsync("Enter");
        await Expect(scene.Page.Locator("#bot-state")).ToContainTextAsync("cancelled");
        await keys.PressAsync("Escape");

        await Expect(scene.Page.Locator("#bot")).ToBeHiddenAsync();
        await Expect(scene.Row(bot)).ToBeFocusedAsync();
        scene.IsQuiet();
    }

    // Mutant: Row writes the name by innerHTML; then the browser itself refuses it, for the policy asks for Trusted Types.
    [Fact]
    public async Task A_hostile_name_is_text_and_nothing_else()
    {
        const string Name = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        await using Scene scene = await Scene.OpenAsync(chromium);
        Bot bot = await scene.ScheduleAsync(Hour / 2, Name);
        Bot fails = await scene.ScheduleAsync(null, Name + " fails");

        await Expect(scene.Row(bot)).ToContainTextAsync(Name);
        await Expect(scene.Row(fails)).ToContainTextAsync("failed");
        await Expect(scene.Page.Locator("#failures")).ToContainTextAsync(Name);
        await scene.Row(bot).ClickAsync();
        await Expect(scene.Page.Locator("#bot-name")).ToHaveTextAsync(Name);

        Assert.Equal("Bot schedule", await scene.Page.TitleAsync());
        Assert.Equal(0, await scene.Page.Locator("main img, dialog img, main script").CountAsync());
        scene.IsQuiet();
    }

    /// <summary>No task of the browser keeps a person waiting: the longest is far below the second within which a transition must be seen.</summary>
    [Fact]
    public async Task Ten_thousand_upcoming_bots_leave_it_responsive()
    {
        await using Scene scene = await Scene.OpenAsync(chromium, before: async scene =>
        {
            await FillAsync(scene, 10_000);
            await scene.Page.AddInitScriptAsync("""
                window.longest = 0;
                new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.longest = Math.max(window.longest, entry.duration))))
                  .observe({ type: "longtask", buffered: true });
                """);
        });
        await Expect(scene.Page.Locator("#herds")).ToContainTextAsync("2,500");
        await Expect(scene.Page.Locator("#count-scheduled")).ToHaveTextAsync("10,000");

        await CancelOneByOneAsync(scene, 10);
        Bot bot = await scene.ScheduleAsync(null, "waits");
        await Expect(scene.Row(bot)).ToContainTextAsync("joining");
        scene.Browsers.OpenDoor();
        await Expect(scene.Row(bot)).ToContainTextAsync("joined");
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "24 hours" }).ClickAsync();
        await Expect(scene.Page.Locator("#count-scheduled")).ToHaveTextAsync("9,990");
        await scene.Page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await Expect(scene.Page.Locator(".row")).ToHaveCountAsync(50);

        double longestMilliseconds = await scene.Page.EvaluateAsync<double>("window.longest");
        int elements = await scene.Page.EvaluateAsync<int>("document.querySelectorAll('*').length");
        output.WriteLine($"the longest task of the browser took {longestMilliseconds:F0} ms, {elements} elements");
        await LongTasksAreSeenAsync(scene);
        Assert.True(longestMilliseconds < 1_000, $"a task of the browser took {longestMilliseconds} ms");
        Assert.True(elements < 3_000, $"{elements} elements");
        scene.IsQuiet();
    }

    [Theory]
    [InlineData("desktop-light", 1280, 1000, ColorScheme.Light)]
    [InlineData("desktop-dark", 1280, 1000, ColorScheme.Dark)]
    [InlineData("phone-light", 390, 844, ColorScheme.Light)]
    [InlineData("phone-dark", 390, 844, ColorScheme.Dark)]
    public async Task It_fits_every_screen_and_both_palettes(string name, int width, int height, ColorScheme palette)
    {
        var look = new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = palette,
            DeviceScaleFactor = 2,
            ReducedMotion = ReducedMotion.Reduce,
        };
        await using Scene scene = await Scene.OpenAsync(chromium, look, before: Day.FillAsync);
        await Expect(scene.Page.Locator("#herds")).ToContainTextAsync("at");
        await Expect(scene.Page.Locator(".row").First).ToBeVisibleAsync();
        await Expect(scene.Page.Locator("#failures")).ToContainTextAsync("fails");
        await Expect(scene.Page.Locator("#late-p99")).ToContainTextAsync("ms");

        await scene.ShootAsync(name);
        await scene.Page.Locator("#herds .chip").First.ClickAsync();
        await scene.Page.Locator(".row", new() { HasText = "scheduled" }).First.ClickAsync();
        await Expect(scene.Page.Locator("#bot-history li").First).ToBeVisibleAsync();
        await scene.ShootAsync(name + "-bot");

        string background = await scene.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.Equal(palette == ColorScheme.Dark, background == "rgb(14, 17, 22)");
        Assert.True(await scene.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways");
        scene.IsQuiet();
    }

    /// <summary>A browser that tells of no long task may as well not be able to: here is one.</summary>
    private static async Task LongTasksAreSeenAsync(Scene scene)
    {
        await scene.Page.EvaluateAsync("setTimeout(() => { const begun = performance.now(); while (performance.now() < begun + 150) { } })");
        await scene.Page.WaitForFunctionAsync("window.longest >= 100");
    }

    /// <summary>Cancels the first bots of the list and writes down how long after each the browser showed it.</summary>
    private async Task CancelOneByOneAsync(Scene scene, int count)
    {
        await scene.Page.EvaluateAsync("""
            () => {
              window.shownAt = {};
              new MutationObserver((changes) => changes.forEach(({ target }) => {
                const id = target.closest?.("[data-bot]")?.dataset.bot;
                if (id && target.textContent.includes("cancelled")) window.shownAt[id] ??= Date.now();
              })).observe(document.getElementById("rows"), { childList: true, subtree: true });
            }
            """);
        var delays = new List<double>();
        for (int i = 0; i < count; i++)
        {
            string id = (await scene.Page.Locator(".row", new() { HasText = "scheduled" }).First.GetAttributeAsync("data-bot"))!;
            await scene.Scheduler.CancelAsync(BotId.Parse(id));
            double cancelledAt = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
            await Expect(scene.Page.Locator($"[data-bot='{id}']")).ToContainTextAsync("cancelled");
            delays.Add(await scene.Page.EvaluateAsync<double>("(id) => window.shownAt[id]", id) - cancelledAt);
        }

        output.WriteLine($"cancels were shown after {string.Join(", ", delays.Select(delay => $"{delay:F0}"))} ms");
    }

    private static async Task FillAsync(Scene scene, int count)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        for (int first = 0; first < count; first += 1_000)
        {
            await scene.Scheduler.ScheduleManyAsync([.. Enumerable.Range(first, 1_000).Select(i => new BotRequest
            {
                MeetingUrl = new Uri("https://meet.example.com/abc"),
                Name = $"Notes {i}",
                JoinAt = now + TimeSpan.FromMinutes(i % 4 == 0 ? 30 : 10 + (i % 40)) + TimeSpan.FromSeconds(i % 4 == 0 ? 0 : i % 59),
            })]);
        }
    }

    /// <summary>Presses the tab key until what is looked for has the focus.</summary>
    private static async Task TabToAsync(Scene scene, string selector)
    {
        for (int i = 0; i < 60; i++)
        {
            await scene.Page.Keyboard.PressAsync("Tab");
            if (await scene.Page.EvaluateAsync<bool>("(selector) => document.activeElement?.matches(selector) ?? false", selector))
            {
                return;
            }
        }

        Assert.Fail($"the tab key does not come to {selector}");
    }

    private static async Task<string> FocusedAsync(Scene scene, string attribute) =>
        await scene.Page.EvaluateAsync<string?>("(name) => document.activeElement?.getAttribute(name)", attribute) ?? "";
}
