using System.Globalization;
using System.Net;

namespace ScheduledBots.AspNetCore.Tests;

/// <summary>The promises of the bot API, each asked for over HTTP.</summary>
public sealed class BotStories(Service service) : IClassFixture<Service>
{
    private static readonly TimeSpan FarAhead = TimeSpan.FromHours(8);

    // Staged at once, because the staging lead is five minutes; not armed yet, because the arm lead is ten seconds.
    private static readonly TimeSpan WithinTheStagingLead = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_created_bot_is_scheduled_and_can_be_read_where_the_answer_says()
    {
        string joinAt = Service.In(FarAhead);

        Answer created = await service.PostAsync($$"""
            { "meeting_url": "https://meet.example.com/abc?pwd=1", "bot_name": "Notes", "join_at": "{{joinAt}}", "metadata": { "team": "blue", "n": [1, 2] } }
            """);
        Answer read = await service.SendAsync(HttpMethod.Get, created.Location!);

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal($"/api/v1/bots/{created.Id}", created.Location);
        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.Equal("application/json", read.MediaType);
        Assert.Equal("scheduled", read.Text("state"));
        Assert.Equal("https://meet.example.com/abc?pwd=1", read.Text("meeting_url"));
        Assert.Equal("Notes", read.Text("bot_name"));
        Assert.Equal("blue", read.Text("metadata", "team"));
        Assert.False(read.Member("ad_hoc")!.Value.GetBoolean());
        Assert.False(created.Member("lead", "at_risk")!.Value.GetBoolean());
        TimeSpan roundedUp = Instant(read, "join_at") - Parse(joinAt);
        Assert.InRange(roundedUp, TimeSpan.Zero, TimeSpan.FromMicroseconds(1));
    }

    [Fact]
    public async Task A_join_at_with_an_offset_is_the_same_instant_in_UTC()
    {
        int nextYear = TimeProvider.System.GetUtcNow().Year + 1;

        Answer created = await service.PostAsync(Body($"{nextYear}-06-01T10:00:00+02:00"));

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal($"{nextYear}-06-01T08:00:00Z", created.Text("join_at"));
    }

    [Theory]
    [InlineData("2020-01-01T00:00:00Z", "not after now")]
    [InlineData("2999-01-01T00:00:00Z", "three years")]
    [InlineData("2027-06-01T10:00:00", "has no offset")]
    [InlineData("2027-06-01", "has no time")]
    [InlineData("2027-06-31T10:00:00Z", "no calendar has")]
    [InlineData("06/01/2027 10:00:00 +02:00", "does not begin with a date")]
    [InlineData("tomorrow", "does not begin with a date")]
    [InlineData("", "does not begin with a date")]
    public async Task A_join_at_that_is_past_or_malformed_is_refused(string joinAt, string why)
    {
        Answer refused = await service.PostAsync(Body(joinAt));

        refused.Blames("join_at");
        Assert.StartsWith("join_at ", refused.Text("detail"), StringComparison.Ordinal);
        Assert.Contains(why, refused.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_lead_is_accepted_and_said_to_be_at_risk()
    {
        Answer created = await service.PostAsync(Body(Service.In(TimeSpan.FromSeconds(30))));

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.True(created.Member("lead", "at_risk")!.Value.GetBoolean());
        Assert.InRange(created.Member("lead", "lead_seconds")!.Value.GetDouble(), 0.001, 30);
        Assert.InRange(created.Member("lead", "expected_shortfall_seconds")!.Value.GetDouble(), 90, 120);
    }

    [Fact]
    public async Task A_scheduled_bot_can_be_moved()
    {
        Answer created = await service.PostAsync(Body(Service.In(FarAhead)));
        string later = Service.In(FarAhead * 2);

        Answer moved = await service.PatchAsync(created.Id, $$"""{ "join_at": "{{later}}" }""");

        Assert.Equal(HttpStatusCode.OK, moved.Status);
        Assert.Equal("scheduled", moved.Text("state"));
        Assert.InRange(Instant(moved, "join_at") - Parse(later), TimeSpan.Zero, TimeSpan.FromMicroseconds(1));
        Assert.Equal(moved.Text("join_at"), (await service.GetAsync(created.Id)).Text("join_at"));
    }

    [Fact]
    public async Task Moving_a_bot_into_the_past_is_refused_and_changes_nothing()
    {
        Answer created = await service.PostAsync(Body(Service.In(FarAhead)));

        Answer refused = await service.PatchAsync(created.Id, """{ "join_at": "2020-01-01T00:00:00Z" }""");

        refused.Blames("join_at");
        Assert.Equal(created.Text("join_at"), (await service.GetAsync(created.Id)).Text("join_at"));
    }

    [Fact]
    public async Task A_scheduled_bot_can_be_sent_to_another_meeting_under_another_name()
    {
        Answer created = await service.PostAsync(Body(Service.In(FarAhead)));

        Answer changed = await service.PatchAsync(created.Id, """{ "meeting_url": "https://meet.example.com/xyz", "bot_name": "Recorder" }""");

        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal("https://meet.example.com/xyz", changed.Text("meeting_url"));
        Assert.Equal("Recorder", changed.Text("bot_name"));
        Assert.Equal(created.Text("join_at"), changed.Text("join_at"));
    }

    [Theory]
    [InlineData("{}", "body")]
    [InlineData("""{ "join_at": null }""", "join_at")]
    [InlineData("""{ "bot_name": null }""", "bot_name")]
    [InlineData("""{ "metadata": "text" }""", "metadata")]
    [InlineData("""{ "deduplication_key": "x" }""", "deduplication_key")]
    public async Task A_change_that_would_change_nothing_is_refused(string json, string field)
    {
        Answer created = await service.PostAsync(Body(Service.In(FarAhead)));

        (await service.PatchAsync(created.Id, json)).Blames(field);
    }

    [Fact]
    public async Task A_staged_bot_can_be_neither_moved_nor_deleted()
    {
        Answer created = await service.PostAsync(Body(Service.In(WithinTheStagingLead)));
        await service.UntilAsync(created.Id, "staged");

        Answer moved = await service.PatchAsync(created.Id, $$"""{ "join_at": "{{Service.In(FarAhead)}}" }""");
        Answer deleted = await service.DeleteAsync(created.Id);

        foreach (Answer refused in (Answer[])[moved, deleted])
        {
            refused.IsProblem(HttpStatusCode.Conflict, "bot_state_conflict");
            Assert.Equal("staged", refused.Text("state"));
            Assert.Equal("scheduled", refused.Text("required_state"));
            Assert.Equal(created.Id, refused.Text("bot_id"));
            Assert.True(Instant(refused, "since") >= Instant(created, "created_at"));
        }

        Answer read = await service.GetAsync(created.Id);
        Assert.Equal("staged", read.Text("state"));
        Assert.Equal(created.Text("join_at"), read.Text("join_at"));
    }

    [Fact]
    public async Task A_deleted_bot_is_cancelled_for_good()
    {
        Answer created = await service.PostAsync(Body(Service.In(FarAhead)));

        Answer deleted = await service.DeleteAsync(created.Id);
        Answer again = await service.DeleteAsync(created.Id);
        Answer revived = await service.PatchAsync(created.Id, $$"""{ "join_at": "{{Service.In(FarAhead)}}" }""");

        Assert.Equal(HttpStatusCode.OK, deleted.Status);
        Assert.Equal("cancelled", deleted.Text("state"));
        Assert.Equal("cancelled", again.IsProblem(HttpStatusCode.Conflict, "bot_state_conflict").Text("state"));
        Assert.Equal("cancelled", revived.IsProblem(HttpStatusCode.Conflict, "bot_state_conflict").Text("state"));
        Assert.Equal("cancelled", (await service.GetAsync(created.Id)).Text("state"));
    }

    [Fact]
    public async Task A_bot_without_join_at_joins_at_once()
    {
        Answer created = await service.PostAsync("""{ "meeting_url": "https://meet.example.com/abc", "bot_name": "Notes" }""");
        Answer joined = await service.UntilAsync(created.Id, "joined");

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.True(joined.Member("ad_hoc")!.Value.GetBoolean());
        Assert.True(Instant(joined, "started_at") >= Instant(joined, "join_at"));
    }

    [Fact]
    public async Task A_bot_joins_at_its_instant_and_never_before()
    {
        Answer created = await service.PostAsync(Body(Service.In(TimeSpan.FromSeconds(1))));
        Answer joined = await service.UntilAsync(created.Id, "joined");

        Assert.True(Instant(joined, "started_at") >= Instant(created, "join_at"));
    }

    [Fact]
    public async Task A_repeated_deduplication_key_finds_the_same_bot()
    {
        string body = Body(Service.In(FarAhead), """, "deduplication_key": "standup-1" """);

        Answer first = await service.PostAsync(body);
        Answer second = await service.PostAsync(body);

        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(first.Location, second.Location);
    }

    [Fact]
    public async Task A_deduplication_key_with_other_content_is_a_conflict_that_names_the_bot()
    {
        Answer first = await service.PostAsync(Body(Service.In(FarAhead), """, "deduplication_key": "standup-2" """));

        Answer refused = await service.PostAsync(Body(Service.In(FarAhead * 2), """, "deduplication_key": "standup-2" """));

        refused.IsProblem(HttpStatusCode.Conflict, "deduplication_conflict");
        Assert.Equal(first.Id, refused.Text("existing_bot_id"));
    }

    [Theory]
    [InlineData("01980000-0000-7000-8000-000000000000")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("no-id-at-all")]
    public async Task An_unknown_bot_is_not_found(string id)
    {
        string move = $$"""{ "join_at": "{{Service.In(FarAhead)}}" }""";

        (await service.GetAsync(id)).IsProblem(HttpStatusCode.NotFound, "bot_not_found");
        (await service.PatchAsync(id, move)).IsProblem(HttpStatusCode.NotFound, "bot_not_found");
        (await service.DeleteAsync(id)).IsProblem(HttpStatusCode.NotFound, "bot_not_found");
    }

    private static string Body(string joinAt, string more = "") =>
        $$"""{ "meeting_url": "https://meet.example.com/abc", "bot_name": "Notes", "join_at": "{{joinAt}}"{{more}} }""";

    private static DateTimeOffset Instant(Answer answer, string field) => Parse(answer.Text(field)!);

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
