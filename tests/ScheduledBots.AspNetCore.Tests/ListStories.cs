using System.Net;
using System.Text.Json;

namespace ScheduledBots.AspNetCore.Tests;

/// <summary>Lists, their filters and pages, and histories.</summary>
public sealed class ListStories : IAsyncLifetime
{
    private const string Bots = "/api/v1/bots";

    private readonly Service _service = new();

    public Task InitializeAsync() => _service.InitializeAsync();

    public Task DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task A_list_is_walked_page_by_page_in_the_order_of_join_at()
    {
        string[] ids = [await CreateAsync(3), await CreateAsync(1), await CreateAsync(2)];

        Answer first = await GetAsync("?limit=2");
        Answer second = await GetAsync($"?limit=2&cursor={Uri.EscapeDataString(first.Text("next_cursor")!)}");

        Assert.Equal([ids[1], ids[2]], Ids(first));
        Assert.Equal([ids[0]], Ids(second));
        Assert.Null(second.Member("next_cursor"));
    }

    [Fact]
    public async Task A_list_is_filtered_by_state_and_by_join_at()
    {
        string[] ids = [await CreateAsync(1), await CreateAsync(2), await CreateAsync(3)];
        await _service.DeleteAsync(ids[0]);

        Answer scheduled = await GetAsync("?state=scheduled");
        Answer early = await GetAsync($"?join_at_until={Uri.EscapeDataString(Service.In(TimeSpan.FromDays(2.5)))}&state=scheduled");
        Answer late = await GetAsync($"?join_at_from={Uri.EscapeDataString(Service.In(TimeSpan.FromDays(2.5)))}");

        Assert.Equal([ids[1], ids[2]], Ids(scheduled));
        Assert.Equal([ids[1]], Ids(early));
        Assert.Equal([ids[2]], Ids(late));
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=1001", "limit")]
    [InlineData("?limit=1&limit=2", "limit")]
    [InlineData("?limit=%F0%9F%98%80", "limit")]
    [InlineData("?state=waiting", "state")]
    [InlineData("?state=", "state")]
    [InlineData("?join_at_from=tomorrow", "join_at_from")]
    [InlineData("?join_at_until=2027-06-01T10:00:00", "join_at_until")]
    [InlineData("?cursor=x", "cursor")]
    [InlineData("?cursor=", "cursor")]
    [InlineData("?joinat=now", "joinat")]
    public async Task A_filter_that_is_malformed_or_not_known_is_named(string query, string field) => (await GetAsync(query)).Blames(field);

    [Fact]
    public async Task Metadata_as_deep_as_it_may_be_can_be_listed_and_deeper_is_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("""{"a":""", 59)) + "{}" + new string('}', 59);

        Answer created = await _service.PostAsync(Body(1, $""", "metadata": {deep} """));
        Answer refused = await _service.PostAsync(Body(1, $$""", "metadata": {"a":{{deep}}} """));

        Assert.Equal(HttpStatusCode.Created, created.Status);
        refused.Blames("metadata");
        Assert.Equal([created.Id], Ids(await GetAsync("")));
    }

    [Fact]
    public async Task A_history_has_what_happened_oldest_first()
    {
        string id = await CreateAsync(1);
        await _service.PatchAsync(id, $$"""{ "join_at": "{{Service.In(TimeSpan.FromDays(2))}}" }""");
        await _service.DeleteAsync(id);

        Answer read = await GetAsync($"/{id}/history");

        JsonElement[] lines = [.. read.Member("history")!.Value.EnumerateArray()];
        Assert.Equal(["scheduled", "cancelled"], lines.Select(line => line.GetProperty("to_state").GetString()));
        Assert.All(lines, line => Assert.Equal("scheduled", line.GetProperty("from_state").GetString()));
    }

    [Fact]
    public async Task The_history_of_an_unknown_bot_is_not_found() =>
        (await GetAsync("/no-id/history")).IsProblem(HttpStatusCode.NotFound, "bot_not_found");

    private static IEnumerable<string?> Ids(Answer list) => list.Member("bots")!.Value.EnumerateArray().Select(bot => bot.GetProperty("id").GetString());

    private Task<Answer> GetAsync(string more) => _service.SendAsync(HttpMethod.Get, Bots + more);

    private async Task<string> CreateAsync(int daysAhead) => (await _service.PostAsync(Body(daysAhead))).Id;

    private static string Body(int daysAhead, string more = "") =>
        $$"""{ "meeting_url": "https://meet.example.com/abc", "bot_name": "Notes", "join_at": "{{Service.In(TimeSpan.FromDays(daysAhead))}}"{{more}} }""";
}
