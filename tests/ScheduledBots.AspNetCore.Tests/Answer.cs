using System.Net;
using System.Text.Json;

namespace ScheduledBots.AspNetCore.Tests;

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, string? MediaType, string? Location, string? ETag, string Body)
{
    public string Id => Text("id") ?? throw new InvalidOperationException($"an answer without an id: {this}");

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        response.Headers.Location?.ToString(),
        response.Headers.ETag?.ToString(),
        await response.Content.ReadAsStringAsync());

    /// <summary>A member at a path, or null where there is none.</summary>
    public JsonElement? Member(params ReadOnlySpan<string> path)
    {
        JsonElement value = JsonElement.Parse(Body);
        foreach (string name in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value;
    }

    public string? Text(params ReadOnlySpan<string> path) => Member(path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Asserts a refusal: the status, a problem document of that status, and its code.</summary>
    public Answer IsProblem(HttpStatusCode status, string? code = null)
    {
        Assert.True(status == Status, $"wanted {status}: {this}");
        Assert.True(MediaType == "application/problem+json", $"not a problem document: {this}");
        Assert.Equal((int)status, Member("status")!.Value.GetInt32());
        Assert.False(string.IsNullOrEmpty(Text("title")), $"no title: {this}");
        string? found = Text("code");
        Assert.True(code is null ? found is not null : code == found, $"wanted the code {code}: {this}");
        return this;
    }

    /// <summary>Asserts a 400 that blames one field.</summary>
    public Answer Blames(string field)
    {
        IsProblem(HttpStatusCode.BadRequest);
        Assert.True(Member("errors", field) is { ValueKind: JsonValueKind.Array }, $"does not blame {field}: {this}");
        return this;
    }

    public override string ToString() => $"{(int)Status} {MediaType} {Body}";
}
