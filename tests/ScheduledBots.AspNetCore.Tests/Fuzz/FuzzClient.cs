using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace ScheduledBots.AspNetCore.Tests.Fuzz;

/// <summary>One caller who does everything wrong, one request after the other, and checks every answer.</summary>
internal sealed class FuzzClient(Service service, int seed)
{
    private static readonly string[] Verbs = ["POST", "POST", "POST", "POST", "POST", "PATCH", "PATCH", "GET", "GET", "DELETE"];

    private readonly Random _random = new(seed);
    private readonly BodyGenerator _bodies = new(new Random(seed + 1));
    private readonly List<string> _accepted = [];
    private string _lastTag = "\"0-scheduled\"";

    public ConcurrentDictionary<string, int> Seen { get; } = new();

    /// <summary>Ids of the bots that were accepted.</summary>
    public IReadOnlyList<string> Accepted => _accepted;

    public async Task RunAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            (HttpMethod method, string path, byte[]? body, string? contentType) = Next();
            try
            {
                Check(method, path, await service.SendAsync(method, path, body, contentType, Condition(method)));
            }
            catch (Exception error)
            {
                string sent = body is null ? "" : body.Length < 3000 ? Encoding.UTF8.GetString(body) : $"{body.Length} bytes";
                throw new InvalidOperationException($"request {i} of client {seed}: {method} {path} {contentType} {sent}: {error.Message}", error);
            }
        }
    }

    private (HttpMethod Method, string Path, byte[]? Body, string? ContentType) Next()
    {
        HttpMethod method = HttpMethod.Parse(HostileText.Pick(_random, Verbs));
        string path = method == HttpMethod.Post
            ? HostileText.Pick(_random, "/api/v1/bots", "/api/v1/bots", "/api/v1/bots", "/api/v1/bots/")
            : method == HttpMethod.Get && _random.Next(3) == 0 ? $"/api/v1/bots?{Query()}"
            : method == HttpMethod.Get && _random.Next(3) == 0 ? $"/api/v1/bots/{Id()}/history"
            : $"/api/v1/bots/{Id()}";
        if (_random.Next(100) == 0)
        {
            (method, path) = (HttpMethod.Parse(HostileText.Pick(_random, "PUT", "HEADLESS", "POST", "OPTIONS")), path + HostileText.Pick(_random, "", "/x", "?join_at=now", "//"));
        }

        byte[]? body = method == HttpMethod.Post ? _bodies.Create() : method == HttpMethod.Patch ? _bodies.Update() : null;
        string? contentType = _random.Next(50) == 0
            ? HostileText.Pick(_random, null, "text/plain", "application/xml", "multipart/form-data; boundary=x", "application/json; charset=utf-16")
            : HostileText.Pick(_random, "application/json", "application/json; charset=utf-8", "application/merge-patch+json");
        return (method, path, body, contentType);
    }

    /// <summary>Now and then a condition: a tag that may be right, or none at all.</summary>
    private (string Name, string Value)[] Condition(HttpMethod method) => _random.Next(3) > 0 ? [] :
    [
        (method == HttpMethod.Get ? "If-None-Match" : "If-Match",
            HostileText.Pick(_random, _lastTag, _lastTag, "\"0-scheduled\"", "*", "W/\"1-scheduled\"", "\"-1\"", "\"", "x", "\"1\", \"2\"", "\"99999999999999999999-x\"")),
    ];

    /// <summary>Filters from right to hopeless; the limit keeps most answers short.</summary>
    private string Query()
    {
        string filter = _random.Next(8) switch
        {
            0 => "state=" + HostileText.Pick(_random, "scheduled", "cancelled", "waiting", "", "Scheduled"),
            1 => "join_at_from=" + Uri.EscapeDataString(HostileText.Date(_random).Trim('"')),
            2 => "join_at_until=" + Uri.EscapeDataString(HostileText.Date(_random).Trim('"')),
            3 => "cursor=" + HostileText.Pick(_random, "", "x", "%", "%00", "%ff", new string('A', 3000), Uri.EscapeDataString("AAAA//8=")),
            4 => "limit=" + HostileText.Pick(_random, "1", "0", "-1", "1001", "99999999999", "%D9%A1", "1&limit=2"),
            5 => HostileText.Pick(_random, "x=1", "=", "&&", "state", "limit", "%", "STATE=scheduled"),
            _ => "state=scheduled",
        };
        return "limit=3&" + filter;
    }

    private string Id() => _random.Next(10) switch
    {
        0 => Uri.EscapeDataString(HostileText.Pick(_random, "x", " ", "{}", "null", "ü", "😀", "'--", "..", "%", "a b", "\u202e", new string('a', 3000), "{00000000-0000-0000-0000-000000000000}")),
        1 => new Guid(_random.Next(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0).ToString(HostileText.Pick(_random, "N", "D", "B", "P", "X")),
        _ => _accepted.Count > 0 ? HostileText.Pick<string>(_random, [.. _accepted.TakeLast(20)]) : "none",
    };

    private void Check(HttpMethod method, string path, Answer answer)
    {
        int status = (int)answer.Status;
        Seen.AddOrUpdate($"{method} {status}", 1, (_, count) => count + 1);
        Assert.True(status < 500, $"a fault of the service: {answer} {service.Errors.FirstOrDefault()}");
        if (status >= 400)
        {
            answer.IsProblem(answer.Status);
            return;
        }

        _lastTag = answer.ETag ?? _lastTag;
        if (answer.Status == HttpStatusCode.NotModified)
        {
            return;
        }

        Assert.Equal("application/json", answer.MediaType);
        if (path.Contains('?', StringComparison.Ordinal) || path.EndsWith("/history", StringComparison.Ordinal))
        {
            Assert.True(answer.Member("bots") is not null || answer.Member("history") is not null || answer.Member("id") is not null, $"neither list nor history: {answer}");
            return;
        }

        Assert.Contains(answer.Text("state"), (string[])["scheduled", "staged", "joining", "joined", "cancelled"]);
        if (answer.Status == HttpStatusCode.Created)
        {
            Assert.Equal($"/api/v1/bots/{answer.Id}", answer.Location);
            _accepted.Add(answer.Id);
        }
    }
}
