using System.Net;
using System.Text;

namespace ScheduledBots.AspNetCore.Tests;

/// <summary>Entity tags, and calls that are made on a condition.</summary>
public sealed class ConditionStories(Service service) : IClassFixture<Service>
{
    private const string Rename = """{ "bot_name": "Other" }""";

    [Fact]
    public async Task A_bot_that_is_known_is_not_sent_again()
    {
        Answer created = await CreateAsync();

        Answer known = await SendAsync(HttpMethod.Get, created, null, "If-None-Match", created.ETag!);
        Answer other = await SendAsync(HttpMethod.Get, created, null, "If-None-Match", "\"999-scheduled\", W/\"x\"");

        Assert.Equal(HttpStatusCode.NotModified, known.Status);
        Assert.Equal(created.ETag, known.ETag);
        Assert.Equal("", known.Body);
        Assert.Equal(HttpStatusCode.OK, other.Status);
    }

    [Fact]
    public async Task A_change_of_a_bot_that_was_changed_meanwhile_is_refused()
    {
        Answer created = await CreateAsync();

        Answer changed = await SendAsync(HttpMethod.Patch, created, Rename, "If-Match", created.ETag!);
        Answer refused = await SendAsync(HttpMethod.Patch, created, """{ "bot_name": "Third" }""", "If-Match", created.ETag!);

        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.NotEqual(created.ETag, changed.ETag);
        refused.IsProblem(HttpStatusCode.PreconditionFailed, "bot_version_conflict");
        Assert.Equal("Other", (await service.GetAsync(created.Id)).Text("bot_name"));
    }

    [Fact]
    public async Task Any_version_will_do_where_the_condition_is_a_star() =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Patch, await CreateAsync(), Rename, "If-Match", "*")).Status);

    [Theory]
    [InlineData("7")]
    [InlineData("\"seven\"")]
    [InlineData("W/\"7-scheduled\"")]
    [InlineData("\"-1-scheduled\"")]
    [InlineData("\"99999999999999999999-scheduled\"")]
    [InlineData("\"1-scheduled\", \"2-scheduled\"")]
    [InlineData("")]
    public async Task A_condition_that_is_no_tag_of_ours_is_refused_and_changes_nothing(string tag)
    {
        Answer created = await CreateAsync();

        (await SendAsync(HttpMethod.Patch, created, Rename, "If-Match", tag)).Blames("If-Match");

        Assert.Equal("Notes", (await service.GetAsync(created.Id)).Text("bot_name"));
    }

    // Mutant: the version is not handed to the scheduler.
    [Fact]
    public async Task A_delete_of_a_bot_that_was_changed_meanwhile_is_refused_and_of_the_one_that_was_read_is_made()
    {
        Answer created = await CreateAsync();
        Answer changed = await SendAsync(HttpMethod.Patch, created, Rename, "If-Match", created.ETag!);

        Answer refused = await SendAsync(HttpMethod.Delete, created, null, "If-Match", created.ETag!);
        string? stateThen = (await service.GetAsync(created.Id)).Text("state");
        Answer deleted = await SendAsync(HttpMethod.Delete, created, null, "If-Match", changed.ETag!);

        refused.IsProblem(HttpStatusCode.PreconditionFailed, "bot_version_conflict");
        Assert.Equal("scheduled", stateThen);
        Assert.Equal((HttpStatusCode.OK, "cancelled"), (deleted.Status, deleted.Text("state")));
    }

    [Fact]
    public async Task A_delete_on_a_condition_that_is_no_tag_of_ours_is_refused_and_on_a_star_is_made()
    {
        Answer created = await CreateAsync();

        (await SendAsync(HttpMethod.Delete, created, null, "If-Match", "\"seven\"")).Blames("If-Match");
        string? stateThen = (await service.GetAsync(created.Id)).Text("state");
        Answer deleted = await SendAsync(HttpMethod.Delete, created, null, "If-Match", "*");

        Assert.Equal("scheduled", stateThen);
        Assert.Equal("cancelled", deleted.Text("state"));
    }

    private Task<Answer> CreateAsync() => service.PostAsync(
        $$"""{ "meeting_url": "https://meet.example.com/abc", "bot_name": "Notes", "join_at": "{{Service.In(TimeSpan.FromDays(1))}}" }""");

    private Task<Answer> SendAsync(HttpMethod method, Answer bot, string? json, string name, string value) => service.SendAsync(
        method, $"/api/v1/bots/{bot.Id}", json is null ? null : Encoding.UTF8.GetBytes(json), "application/json", (name, value));
}
