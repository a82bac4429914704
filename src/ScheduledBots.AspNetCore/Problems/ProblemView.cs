using System.Text.Json.Serialization;

namespace ScheduledBots.AspNetCore.Problems;

/// <summary>
/// A refusal (RFC 9457), of the type that has no page of its own. A record of its own instead of the framework's, whose extensions
/// need the host to say how they are written.
/// </summary>
internal sealed record ProblemView
{
    [JsonPropertyName("title")]
    public required string Title { get; init; }

    [JsonPropertyName("status")]
    public required int Status { get; init; }

    [JsonPropertyName("detail")]
    public string? Detail { get; init; }

    /// <summary>For programs, in snake case.</summary>
    [JsonPropertyName("code")]
    public required string Code { get; init; }

    /// <summary>Sentences by field; "body" for the whole.</summary>
    [JsonPropertyName("errors")]
    public Dictionary<string, string[]>? Errors { get; init; }

    [JsonPropertyName("bot_id")]
    public string? BotId { get; init; }

    [JsonPropertyName("state")]
    public string? State { get; init; }

    [JsonPropertyName("required_state")]
    public string? RequiredState { get; init; }

    [JsonPropertyName("since")]
    public DateTime? Since { get; init; }

    [JsonPropertyName("existing_bot_id")]
    public string? ExistingBotId { get; init; }

    [JsonPropertyName("lead_seconds")]
    public double? LeadSeconds { get; init; }

    [JsonPropertyName("minimum_lead_seconds")]
    public double? MinimumLeadSeconds { get; init; }
}
