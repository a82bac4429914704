using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using ScheduledBots.AspNetCore.Page;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Tests.Page;

/// <summary>What the page is told, and what it changes.</summary>
public sealed class PageStories
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // Mutant: PageEvents.OnEventAsync does nothing, and PageModel reads every minute instead of every second.
    [Fact]
    public async Task A_transition_is_told_to_an_open_page()
    {
        await using PageScope scope = await PageScope.StartAsync();
        var told = new List<string?>();
        Bot? bot = null;

        await foreach ((string name, JsonElement data) in scope.Client.StreamAsync())
        {
            bot ??= await scope.ScheduleAsync(null);
            told.AddRange(name != "changes" ? [] : data.GetProperty("bots").EnumerateArray()
                .Where(one => one.GetProperty("id").GetString() == bot.Id.ToString())
                .Select(one => one.GetProperty("state").GetString()));
            if (told.Contains("joined"))
            {
                break;
            }
        }

        Assert.Equal("joined", told[^1]);
    }

    // Mutant: PageAntiforgery lets every change pass.
    [Fact]
    public async Task A_change_without_the_token_of_a_session_is_refused()
    {
        await using PageScope scope = await PageScope.StartAsync();
        Bot bot = await scope.ScheduleAsync(Hour);

        Answer cancelled = await scope.Client.PostAsync($"/bots/data/bots/{bot.Id}/cancel", hasToken: false);
        Answer moved = await scope.Client.PostAsync($"/bots/data/bots/{bot.Id}/reschedule", Body(2 * Hour), hasToken: false);

        cancelled.IsProblem(HttpStatusCode.BadRequest, "antiforgery_failed");
        moved.IsProblem(HttpStatusCode.BadRequest, "antiforgery_failed");
        Assert.Equal(bot, await scope.Scheduler.FindAsync(bot.Id));
    }

    [Fact]
    public async Task A_bot_is_moved_and_cancelled_from_the_page()
    {
        await using PageScope scope = await PageScope.StartAsync();
        Bot bot = await scope.ScheduleAsync(Hour);

        Answer moved = await scope.Client.PostAsync($"/bots/data/bots/{bot.Id}/reschedule", Body(2 * Hour));
        Bot? then = await scope.Scheduler.FindAsync(bot.Id);
        Answer cancelled = await scope.Client.PostAsync($"/bots/data/bots/{bot.Id}/cancel");
        Answer detail = await scope.Client.GetAsync($"/bots/data/bots/{bot.Id}");

        Assert.Equal(HttpStatusCode.OK, moved.Status);
        Assert.True(then!.JoinAt > bot.JoinAt + (Hour / 2));
        Assert.Equal("cancelled", cancelled.Text("state"));
        Assert.Equal("cancelled", detail.Text("bot", "state"));
        Assert.Equal(["scheduled", "cancelled"], detail.Member("history")!.Value.EnumerateArray().Select(line => line.GetProperty("to_state").GetString()));
        Assert.NotEmpty(detail.Text("explanation")!);
    }

    [Fact]
    public async Task A_change_that_cannot_be_made_is_refused_in_the_words_of_the_endpoints()
    {
        await using PageScope scope = await PageScope.StartAsync();
        Bot bot = await scope.ScheduleAsync(Hour);
        await scope.Scheduler.CancelAsync(bot.Id);
        Bot other = await scope.ScheduleAsync(Hour);

        (await scope.Client.PostAsync($"/bots/data/bots/{bot.Id}/cancel")).IsProblem(HttpStatusCode.Conflict, "bot_state_conflict");
        (await scope.Client.PostAsync($"/bots/data/bots/{bot.Id}/reschedule", Body(Hour))).IsProblem(HttpStatusCode.Conflict, "bot_state_conflict");
        (await scope.Client.PostAsync("/bots/data/bots/nothing/cancel")).IsProblem(HttpStatusCode.NotFound, "bot_not_found");
        (await scope.Client.PostAsync($"/bots/data/bots/{other.Id}/reschedule", Body(-Hour))).Blames("join_at");
        (await scope.Client.PostAsync($"/bots/data/bots/{other.Id}/reschedule", """{ "join_at": "2026-06-01T10:00:00" }""")).Blames("join_at");
        (await scope.Client.GetAsync("/bots/data/events?range=2h")).Blames("range");
    }

    // Mutant: PageBotView.MeetingHost is the whole URL.
    [Fact]
    public async Task Secrets_never_leave_the_server_and_hostile_names_stay_text()
    {
        const string Name = "</script><img src=x onerror=alert(1)>\u202e\u0000'\"`${x}";
        await using PageScope scope = await PageScope.StartAsync();
        Bot bot = await scope.ScheduleAsync(Hour, Name.Replace("\0", "", StringComparison.Ordinal));
        Bot joined = await scope.ScheduleAsync(null);
        JsonElement overview = await scope.Client.OverviewAsync(told => told.GetProperty("states")[(int)BotStatus.Joined].GetInt32() == 1);

        Answer list = await scope.Client.GetAsync("/bots/data/bots");
        Answer detail = await scope.Client.GetAsync($"/bots/data/bots/{bot.Id}");
        Answer other = await scope.Client.GetAsync($"/bots/data/bots/{joined.Id}");

        Assert.Equal(bot.Name, detail.Text("bot", "name"));
        Assert.Equal("meet.example.com", detail.Text("bot", "meeting_host"));
        Assert.All(
            (string[])[overview.GetRawText(), list.Body, detail.Body, other.Body],
            text => Assert.DoesNotMatch("secret|browser", text));
    }

    [Fact]
    public async Task Ten_thousand_bots_are_counted_on_the_server()
    {
        const int Bots = 10_000;
        await using PageScope scope = await PageScope.StartAsync();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        for (int batch = 0; batch < Bots / 1_000; batch++)
        {
            await scope.Scheduler.ScheduleManyAsync([.. Enumerable.Range(batch * 1_000, 1_000).Select(i => new BotRequest
            {
                MeetingUrl = new Uri("https://meet.example.com/abc"),
                Name = $"Notes {i}",
                JoinAt = now + TimeSpan.FromMinutes(i % 2 == 0 ? 30 : 10 + (i % 40)),
            })]);
        }

        JsonElement overview = await scope.Client.OverviewAsync(told => told.GetProperty("states")[0].GetInt32() == Bots);
        Answer list = await scope.Client.GetAsync("/bots/data/bots?limit=1000");

        JsonElement timeline = overview.GetProperty("timeline");
        Assert.Equal(Bots, timeline.GetProperty("bars").EnumerateArray().SelectMany(bar => bar.EnumerateArray()).Sum(count => count.GetInt32()));
        Assert.True(overview.GetRawText().Length < 16_384, $"{overview.GetRawText().Length} characters");
        Assert.Contains(timeline.GetProperty("herds").EnumerateArray(), herd => herd.GetProperty("count").GetInt32() >= Bots / 2);
        Assert.Equal(100, list.Member("bots")!.Value.GetArrayLength());
        Assert.NotNull(list.Text("next_cursor"));
    }

    [Fact]
    public async Task A_client_that_goes_away_leaves_nothing_behind()
    {
        await using PageScope scope = await PageScope.StartAsync();
        await foreach (var _ in scope.Client.StreamAsync())
        {
            Assert.Equal((1, 1), scope.OpenPages);
            await scope.Client.OverviewAsync(_ => true, "15m");
            break;
        }

        await EventuallyAsync(() => scope.OpenPages == (0, 0));
    }

    [Fact]
    public async Task More_pages_than_the_limit_are_refused()
    {
        await using PageScope scope = await PageScope.StartAsync();
        PageEvents events = scope.Events;
        PageViewer?[] viewers = [.. Enumerable.Range(0, PageEvents.MaxViewers).Select(_ => events.Open(scope.Scheduler, null, PageRange.Of("1h")!))];

        (await scope.Client.GetAsync("/bots/data/events?range=1h")).IsProblem(HttpStatusCode.ServiceUnavailable, "too_many_pages");
        viewers[0]!.Dispose();

        Assert.DoesNotContain(null, viewers);
        await scope.Client.OverviewAsync(_ => true);
    }

    /// <summary>A host waits for its connections; one that never ends by itself must be ended.</summary>
    [Fact]
    public async Task An_open_page_does_not_hold_up_the_end_of_the_host()
    {
        await using PageScope scope = await PageScope.StartAsync();
        await foreach (var _ in scope.Client.StreamAsync())
        {
            await scope.Service.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
            break;
        }

        Assert.Equal((0, 0), scope.OpenPages);
    }

    [Fact]
    public async Task A_tenants_page_shows_its_own_bots_alone_and_no_nodes()
    {
        await using PageScope scope = await PageScope.StartAsync(new Service
        {
            GrantPage = page => page.AllowAnonymous(),
            ConfigureHttp = options => options.Tenant = context => context.Request.Headers["X-Tenant"] is [{ } tenant] ? tenant : null,
        });
        using var blue = new PageClient(scope.Service.Address, ("X-Tenant", "blue"));
        Bot own = await scope.ScheduleAsync(Hour / 2, "Own", "blue");
        Bot other = await scope.ScheduleAsync(Hour / 2, "Other", "red");

        JsonElement overview = await blue.OverviewAsync(told => !told.GetProperty("is_loading").GetBoolean());
        Answer list = await blue.GetAsync("/bots/data/bots");
        var told = new List<string?>();
        await foreach ((string name, JsonElement data) in blue.StreamAsync())
        {
            if (name == "changes")
            {
                told.AddRange(data.GetProperty("bots").EnumerateArray().Select(one => one.GetProperty("id").GetString()));
            }
            else if (!told.Contains(own.Id.ToString()) && !data.GetProperty("is_loading").GetBoolean())
            {
                await scope.Scheduler.CancelAsync(other.Id);
                await scope.Scheduler.CancelAsync(own.Id);
            }

            if (told.Contains(own.Id.ToString()))
            {
                break;
            }
        }

        Assert.Equal(1, overview.GetProperty("states")[0].GetInt32());
        Assert.False(overview.TryGetProperty("nodes", out _));
        Assert.Equal([own.Id.ToString()], list.Member("bots")!.Value.EnumerateArray().Select(bot => bot.GetProperty("id").GetString()));
        Assert.Equal([own.Id.ToString()], told.Distinct());
        (await blue.GetAsync($"/bots/data/bots/{other.Id}")).IsProblem(HttpStatusCode.NotFound, "bot_not_found");
        (await blue.PostAsync($"/bots/data/bots/{other.Id}/cancel")).IsProblem(HttpStatusCode.NotFound, "bot_not_found");
        (await scope.Client.GetAsync("/bots/data/bots")).IsProblem(HttpStatusCode.Forbidden, "tenant_refused");
    }

    private static async Task EventuallyAsync(Func<bool> isSo)
    {
        TimeProvider time = TimeProvider.System;
        long begun = time.GetTimestamp();
        while (!isSo())
        {
            Assert.True(time.GetElapsedTime(begun) < PageClient.Patience, "waited in vain");
            await Task.Yield();
        }
    }

    private static string Body(TimeSpan ahead) => $$"""{ "join_at": "{{Service.In(ahead)}}" }""";
}
