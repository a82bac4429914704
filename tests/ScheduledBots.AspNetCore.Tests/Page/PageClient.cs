using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace ScheduledBots.AspNetCore.Tests.Page;

/// <summary>A browser's side of the page, without the browser: cookies of its own, the token of its session, and streams.</summary>
internal sealed class PageClient(Uri address, params (string Name, string Value)[] headers) : IDisposable
{
    /// <summary>How long a test waits for what must come; it asserts no time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address };

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public async Task<HttpResponseMessage> RawAsync(string path)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, path);
        return await _client.SendAsync(request);
    }

    /// <summary>A change with the token of a session, or without one.</summary>
    public async Task<Answer> PostAsync(string path, string json = "{}", bool hasToken = true)
    {
        (string, string)? token = null;
        if (hasToken)
        {
            Answer session = await GetAsync("/bots/data/session");
            token = (session.Text("header_name")!, session.Text("token")!);
        }

        return await SendAsync(HttpMethod.Post, path, json, token);
    }

    /// <summary>Opens a stream and gives its events, as JSON with their names, until the test has seen enough.</summary>
    public async IAsyncEnumerable<(string Name, JsonElement Data)> StreamAsync(string range = "1h")
    {
        using var patience = new CancellationTokenSource(Patience);
        using HttpRequestMessage request = Request(HttpMethod.Get, $"/bots/data/events?range={range}");
        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await using Stream body = await response.Content.ReadAsStreamAsync(patience.Token);
        await foreach (SseItem<string> item in SseParser.Create(body).EnumerateAsync(patience.Token))
        {
            yield return (item.EventType, JsonElement.Parse(item.Data));
        }
    }

    /// <summary>The first overview that is as wanted.</summary>
    public async Task<JsonElement> OverviewAsync(Func<JsonElement, bool> isWanted, string range = "1h")
    {
        await foreach ((string name, JsonElement data) in StreamAsync(range))
        {
            if (name == "overview" && isWanted(data))
            {
                return data;
            }
        }

        throw new InvalidOperationException("the stream ended");
    }

    public void Dispose() => _client.Dispose();

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? json, (string Name, string Value)? token = null)
    {
        using HttpRequestMessage request = Request(method, path);
        if (token is { } given)
        {
            request.Headers.Add(given.Name, given.Value);
        }

        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }
}
