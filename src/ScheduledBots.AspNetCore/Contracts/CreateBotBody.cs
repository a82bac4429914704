using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScheduledBots.AspNetCore.Contracts;

/// <summary>What POST takes. A field that is null counts as left out.</summary>
internal sealed record CreateBotBody
{
    [JsonPropertyName("meeting_url")]
    public string? MeetingUrl { get; init; }

    [JsonPropertyName("bot_name")]
    public string? BotName { get; init; }

    /// <summary>ISO 8601 with an offset or Z; left out for an ad-hoc bot, which joins as soon as it is ready.</summary>
    [JsonPropertyName("join_at")]
    public string? JoinAt { get; init; }

    /// <summary>A JSON object, kept without its white space.</summary>
    [JsonPropertyName("metadata")]
    public JsonElement? Metadata { get; init; }

    [JsonPropertyName("deduplication_key")]
    public string? DeduplicationKey { get; init; }

    /// <exception cref="BotInputException">A field is missing or malformed; what else a bot must be like, the library checks.</exception>
    public BotRequest ToRequest() => new()
    {
        MeetingUrl = BotFields.Url(BotFields.Required(MeetingUrl, BotFields.MeetingUrl)),
        Name = BotFields.Required(BotName, BotFields.BotName),
        JoinAt = JoinAt is null ? null : BotFields.Instant(JoinAt),
        Metadata = Metadata is { } metadata ? MetadataText.Read(metadata) : null,
        DeduplicationKey = DeduplicationKey,
    };
}
