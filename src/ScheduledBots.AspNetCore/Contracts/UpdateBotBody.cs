using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScheduledBots.AspNetCore.Contracts;

/// <summary>
/// What PATCH takes. A field that is left out keeps its value. Null clears metadata and is refused for the other fields, which a
/// bot cannot be without: a change that was not made must not look like one.
/// </summary>
internal sealed record UpdateBotBody
{
    [DisallowNull]
    [JsonPropertyName("meeting_url")]
    public string? MeetingUrl { get; init; }

    [DisallowNull]
    [JsonPropertyName("bot_name")]
    public string? BotName { get; init; }

    /// <summary>ISO 8601 with an offset or Z.</summary>
    [DisallowNull]
    [JsonPropertyName("join_at")]
    public string? JoinAt { get; init; }

    /// <summary>A JSON object, or null; undefined where it was left out.</summary>
    [JsonPropertyName("metadata")]
    public JsonElement Metadata { get; init; }

    /// <exception cref="BotInputException">Nothing is given, or a field is malformed; what else a bot must be like, the library checks.</exception>
    public BotUpdate ToUpdate()
    {
        if (this is { MeetingUrl: null, BotName: null, JoinAt: null, Metadata.ValueKind: JsonValueKind.Undefined })
        {
            throw new BotInputException("body", "The body changes nothing; give at least one of join_at, meeting_url, bot_name and metadata.");
        }

        return new BotUpdate
        {
            MeetingUrl = MeetingUrl is null ? null : BotFields.Url(MeetingUrl),
            Name = BotName,
            JoinAt = JoinAt is null ? null : BotFields.Instant(JoinAt),
            Metadata = Metadata.ValueKind switch
            {
                JsonValueKind.Undefined => null,
                JsonValueKind.Null => "",
                _ => MetadataText.Read(Metadata),
            },
        };
    }
}
