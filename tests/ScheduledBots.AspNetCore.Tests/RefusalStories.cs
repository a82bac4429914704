using System.Net;
using System.Text;

namespace ScheduledBots.AspNetCore.Tests;

/// <summary>Every refusal is a problem document that says which field is to blame.</summary>
public sealed class RefusalStories(Service service) : IClassFixture<Service>
{
    private const string Url = "\"meeting_url\": \"https://meet.example.com/abc\"";
    private const string Name = "\"bot_name\": \"Notes\"";

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{ \"meeting_url\": tru }")]
    [InlineData("{ 'meeting_url': 'https://meet.example.com' }")]
    [InlineData("{} {}")]
    public async Task A_body_that_is_no_JSON_object_is_refused(string json) => (await service.PostAsync(json)).Blames("body");

    [Theory]
    [InlineData($"{{ {Name} }}", "meeting_url")]
    [InlineData($"{{ {Url} }}", "bot_name")]
    [InlineData($"{{ {Url}, \"bot_name\": \" \" }}", "bot_name")]
    [InlineData($"{{ {Url}, \"bot_name\": 7 }}", "bot_name")]
    [InlineData($"{{ {Url}, \"bot_name\": \"a\\u0007b\" }}", "bot_name")]
    [InlineData($"{{ {Url}, \"bot_name\": \"\\ud800\" }}", "bot_name")]
    [InlineData($"{{ {Name}, \"meeting_url\": \"/abc\" }}", "meeting_url")]
    [InlineData($"{{ {Name}, \"meeting_url\": \"abc\" }}", "meeting_url")]
    [InlineData($"{{ {Name}, \"meeting_url\": \"javascript:alert(1)\" }}", "meeting_url")]
    [InlineData($"{{ {Name}, \"meeting_url\": \"https://user:password@meet.example.com\" }}", "meeting_url")]
    [InlineData($"{{ {Name}, \"meeting_url\": [\"https://meet.example.com\"] }}", "meeting_url")]
    [InlineData($"{{ {Name}, {Url}, {Url} }}", "meeting_url")]
    [InlineData($"{{ {Name}, {Url}, \"join_at\": 1900000000 }}", "join_at")]
    [InlineData($"{{ {Name}, {Url}, \"joinAt\": \"2027-06-01T10:00:00Z\" }}", "joinAt")]
    [InlineData($"{{ {Name}, {Url}, \"join at\": \"2027-06-01T10:00:00Z\" }}", "join at")]
    [InlineData($"{{ {Name}, {Url}, \"metadata\": \"text\" }}", "metadata")]
    [InlineData($"{{ {Name}, {Url}, \"metadata\": [1] }}", "metadata")]
    [InlineData($"{{ {Name}, {Url}, \"metadata\": {{ \"a\": 1, \"a\": 2 }} }}", "metadata")]
    [InlineData($"{{ {Name}, {Url}, \"metadata\": {{ \"a\": [{{ \"b\": \"\\ud800\" }}] }} }}", "metadata")]
    [InlineData($"{{ {Name}, {Url}, \"deduplication_key\": \"\" }}", "deduplication_key")]
    public async Task A_field_that_is_wrong_is_named(string json, string field) => (await service.PostAsync(json)).Blames(field);

    [Theory]
    [InlineData("bot_name", 257)]
    [InlineData("deduplication_key", 257)]
    [InlineData("meeting_url", 2049)]
    public async Task A_field_that_is_too_long_is_named(string field, int length)
    {
        Dictionary<string, string> fields = new() { ["meeting_url"] = "https://meet.example.com/", ["bot_name"] = "Notes" };
        fields[field] = fields.GetValueOrDefault(field, "").PadRight(length, 'x');
        string json = string.Join(", ", fields.Select(pair => $"\"{pair.Key}\": \"{pair.Value}\""));

        (await service.PostAsync($"{{ {json} }}")).Blames(field);
    }

    [Fact]
    public async Task Metadata_that_is_too_long_is_named() =>
        (await service.PostAsync($"{{ {Name}, {Url}, \"metadata\": {{ \"a\": \"{new string('x', BotRequest.MaxMetadataLength)}\" }} }}")).Blames("metadata");

    [Fact]
    public async Task Metadata_that_is_no_UTF8_is_named()
    {
        byte[] body = Encoding.UTF8.GetBytes($"{{ {Name}, {Url}, \"metadata\": {{ \"a\": \"#\" }} }}");
        body[Array.IndexOf(body, (byte)'#')] = 0xff;

        (await service.SendAsync(HttpMethod.Post, "/api/v1/bots", body, "application/json")).Blames("metadata");
    }

    [Fact]
    public async Task A_refusal_repeats_no_secret()
    {
        Answer refused = await service.PostAsync($"{{ {Name}, \"meeting_url\": \"https://user:hunter2@meet.example.com/s3cret\", \"metadata\": {{ \"k\": \"s3cret\" }} }}");

        refused.Blames("meeting_url");
        Assert.DoesNotContain("hunter2", refused.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused() =>
        (await service.PostAsync($"{{ {Name}, {Url}, \"metadata\": {{ \"a\": \"{new string('x', 70_000)}\" }} }}"))
            .IsProblem(HttpStatusCode.RequestEntityTooLarge, "payload_too_large");

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    public async Task Another_content_type_is_refused(string contentType) =>
        (await service.PostAsync($"{{ {Name}, {Url} }}", contentType)).IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");

    [Fact]
    public async Task A_path_or_method_that_is_not_there_is_refused()
    {
        (await service.SendAsync(HttpMethod.Get, "/api/v1/robots")).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await service.SendAsync(HttpMethod.Put, "/api/v1/bots", "{}")).IsProblem(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
    }

    [Fact]
    public async Task A_lead_below_the_hosts_minimum_is_refused_with_both_figures()
    {
        var strict = new Service { Configure = options => options.MinimumLeadTime = TimeSpan.FromMinutes(2) };
        await strict.InitializeAsync();
        try
        {
            Answer refused = await strict.PostAsync($"{{ {Name}, {Url}, \"join_at\": \"{Service.In(TimeSpan.FromMinutes(1))}\" }}");

            refused.Blames("join_at").IsProblem(HttpStatusCode.BadRequest, "lead_time_too_short");
            Assert.Equal(120, refused.Member("minimum_lead_seconds")!.Value.GetDouble());
            Assert.InRange(refused.Member("lead_seconds")!.Value.GetDouble(), 1, 60);
        }
        finally
        {
            await strict.DisposeAsync();
        }
    }
}
