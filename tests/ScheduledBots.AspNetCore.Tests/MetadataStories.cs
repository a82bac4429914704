using System.Net;

namespace ScheduledBots.AspNetCore.Tests;

/// <summary>Metadata is the caller's, whatever the engine does with the bot meanwhile: it can be changed in every state, and stays through the next.</summary>
public sealed class MetadataStories(Service service) : IClassFixture<Service>
{
    private static readonly TimeSpan FarAhead = TimeSpan.FromHours(8);

    // Staged at once, because the staging lead is five minutes; not armed yet, because the arm lead is ten seconds.
    private static readonly TimeSpan WithinTheStagingLead = TimeSpan.FromMinutes(3);

    // Staged and armed at once.
    private static readonly TimeSpan WithinTheArmLead = TimeSpan.FromSeconds(2);

    // Mutant: BotChange.Fences is true of every update.
    [Theory]
    [InlineData("scheduled")]
    [InlineData("staged")]
    [InlineData("joined")]
    [InlineData("failed")]
    [InlineData("cancelled")]
    public async Task It_can_be_changed_and_cleared_in_any_state(string state)
    {
        Answer bot = await InStateAsync(state);

        Answer changed = await service.PatchAsync(bot.Id, """{ "metadata": { "a": "two" } }""");
        Answer cleared = await service.PatchAsync(bot.Id, """{ "metadata": null }""");
        Answer read = await service.GetAsync(bot.Id);

        Assert.Equal((HttpStatusCode.OK, state, "two"), (changed.Status, changed.Text("state"), changed.Text("metadata", "a")));
        Assert.Equal((HttpStatusCode.OK, state), (cleared.Status, cleared.Text("state")));
        Assert.Null(cleared.Member("metadata"));
        Assert.Equal((state, cleared.ETag), (read.Text("state"), read.ETag));
    }

    [Fact]
    public async Task What_is_changed_while_a_bot_joins_is_there_when_it_has_joined()
    {
        Answer bot = await InStateAsync("joining");

        Answer changed = await service.PatchAsync(bot.Id, """{ "metadata": { "a": "while joining" } }""");
        service.Browsers.Open();
        Answer joined = await service.UntilAsync(bot.Id, "joined");

        Assert.Equal((HttpStatusCode.OK, "joining", "while joining"), (changed.Status, changed.Text("state"), changed.Text("metadata", "a")));
        Assert.Equal("while joining", joined.Text("metadata", "a"));
        Assert.NotNull(joined.Text("started_at"));
    }

    // The engine has the bot in its hand by then, with the version from before.
    [Fact]
    public async Task A_change_just_before_the_instant_keeps_no_bot_from_joining()
    {
        Answer bot = await service.PostAsync(Body("Notes", WithinTheArmLead));
        await service.UntilAsync(bot.Id, "staged");

        Answer changed = await service.PatchAsync(bot.Id, """{ "metadata": { "a": "just before" } }""");
        Answer joined = await service.UntilAsync(bot.Id, "joined");

        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal("just before", joined.Text("metadata", "a"));
    }

    [Fact]
    public async Task With_anything_else_in_the_same_call_it_is_as_strict_as_the_rest()
    {
        Answer bot = await InStateAsync("staged");

        Answer refused = await service.PatchAsync(bot.Id, """{ "metadata": { "a": "not written" }, "bot_name": "Other" }""");

        refused.IsProblem(HttpStatusCode.Conflict, "bot_state_conflict");
        Assert.Equal("one", (await service.GetAsync(bot.Id)).Text("metadata", "a"));
    }

    private async Task<Answer> InStateAsync(string state)
    {
        (string name, TimeSpan? ahead) = state switch
        {
            "staged" => ("Notes", WithinTheStagingLead),
            "joining" => (TestBrowsers.Waiting, null),
            "joined" => ("Notes", null),
            "failed" => (TestBrowsers.Refused, null),
            _ => ("Notes", (TimeSpan?)FarAhead),
        };
        Answer created = await service.PostAsync(Body(name, ahead));
        if (state == "cancelled")
        {
            await service.DeleteAsync(created.Id);
        }

        return await service.UntilAsync(created.Id, state);
    }

    private static string Body(string name, TimeSpan? ahead) =>
        $$"""{ "meeting_url": "https://meet.example.com/abc", "bot_name": "{{name}}", "metadata": { "a": "one" }{{(ahead is { } lead ? $", \"join_at\": \"{Service.In(lead)}\"" : "")}} }""";
}
