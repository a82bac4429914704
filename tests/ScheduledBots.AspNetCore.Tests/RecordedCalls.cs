using System.Net;
using System.Text.Json;

namespace ScheduledBots.AspNetCore.Tests;

/// <summary>
/// One life of a bot in the words that callers of bot APIs know, call by call, against one service: create it a few minutes ahead,
/// read it, move it, tag it, create it again under its key, call it off, and what is refused on the way.
/// </summary>
public sealed class RecordedCalls(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task The_recorded_calls_are_answered_as_recorded()
    {
        const string Key = "recorded";
        (string Method, string Path, string? Body, int Status)[] calls =
        [
            ("POST", "", $$"""{"meeting_url": "https://meet.example.com/abc-defg-hij", "bot_name": "My Bot", "join_at": "{soon}", "metadata": {"client": "7"}, "deduplication_key": "{{Key}}"}""", 201),
            ("POST", "", $$"""{"meeting_url": "https://meet.example.com/abc-defg-hij", "bot_name": "My Bot", "join_at": "{soon}", "metadata": {"client": "7"}, "deduplication_key": "{{Key}}"}""", 200),
            ("POST", "", $$"""{"meeting_url": "https://meet.example.com/another", "bot_name": "My Bot", "join_at": "{soon}", "deduplication_key": "{{Key}}"}""", 409),
            ("GET", "/{id}", null, 200),
            ("PATCH", "/{id}", """{"join_at": "{later}"}""", 200),
            ("PATCH", "/{id}", """{"meeting_url": "https://meet.example.com/moved", "bot_name": "Her Bot"}""", 200),
            ("PATCH", "/{id}", """{"join_at": "2020-01-01T00:00:00Z"}""", 400),
            ("PATCH", "/{id}", """{"metadata": {"client": "8"}}""", 200),
            ("GET", "?state=scheduled&limit=1", null, 200),
            ("DELETE", "/{id}", null, 200),
            ("DELETE", "/{id}", null, 409),
            ("PATCH", "/{id}", """{"join_at": "{later}"}""", 409),
            ("PATCH", "/{id}", """{"metadata": {"client": "9"}}""", 200),
            ("GET", "/{id}/history", null, 200),
            ("POST", "", """{"meeting_url": "https://meet.example.com/now", "bot_name": "Ad-hoc"}""", 201),
            ("POST", "", """{"bot_name": "No meeting", "join_at": "{soon}"}""", 400),
        ];
        string soon = Service.In(TimeSpan.FromMinutes(20)), later = Service.In(TimeSpan.FromMinutes(40)), id = "none";

        foreach ((string method, string path, string? body, int status) in calls)
        {
            Answer answer = await service.SendAsync(HttpMethod.Parse(method), "/api/v1/bots" + Fill(path), body is null ? null : Fill(body));
            Assert.True((HttpStatusCode)status == answer.Status, $"{method} {path} {body}: {answer}");
            if (id == "none")
            {
                id = answer.Id;
            }
        }

        Answer last = await service.GetAsync(id);
        Assert.Equal(("cancelled", "Her Bot", "9"), (last.Text("state"), last.Text("bot_name"), last.Text("metadata", "client")));
        Assert.Equal(JsonValueKind.Object, last.Member("metadata")!.Value.ValueKind);

        string Fill(string text) => text
            .Replace("{soon}", soon, StringComparison.Ordinal)
            .Replace("{later}", later, StringComparison.Ordinal)
            .Replace("{id}", id, StringComparison.Ordinal);
    }
}
