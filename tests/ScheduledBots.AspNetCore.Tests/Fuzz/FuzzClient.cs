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
                Check(method, await service.SendAsync(method, path, body, contentType));
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

    private string Id() => _random.Next(10) switch
    {
        0 => Uri.EscapeDataString(HostileText.Pick(_random, "x", " ", "{}", "null", "ü", "😀", "'--", "..", "%", "a b", "\u202e", new string('a', 3000), "{00000000-0000-0000-0000-000000000000}")),
        1 => new Guid(_random.Next(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0).ToString(HostileText.Pick(_random, "N", "D", "B", "P", "X")),
        _ => _accepted.Count > 0 ? HostileText.Pick<string>(_random, [.. _accepted.TakeLast(20)]) : "none",
    };

    private void Check(HttpMethod method, Answer answer)
    {
        int status = (int)answer.Status;
        Seen.AddOrUpdate($"{method} {status}", 1, (_, count) => count + 1);
        Assert.True(status < 500, $"a fault of the service: {answer} {service.Errors.FirstOrDefault()}");
        if (status >= 400)
        {
            answer.IsProblem(answer.Status);
            return;
        }

        Assert.Equal("application/json", answer.MediaType);
        Assert.Contains(answer.Text("state"), (string[])["scheduled", "staged", "joining", "joined", "cancelled"]);
        if (answer.Status == HttpStatusCode.Created)
        {
            Assert.Equal($"/api/v1/bots/{answer.Id}", answer.Location);
            _accepted.Add(answer.Id);
        }
    }
}
