using System.Text.Json;
using System.Text.Json.Serialization;
using ScheduledBots.Lifecycle;

namespace ScheduledBots.AspNetCore.Contracts;

/// <summary>A bot as callers see it. Instants are UTC; what a bot does not have is left out.</summary>
internal sealed record BotView
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>scheduled, staged, joining, joined, failed or cancelled: the state callers see, not the one the store knows yet.</summary>
    [JsonPropertyName("state")]
    public required string State { get; init; }

    [JsonPropertyName("meeting_url")]
    public required string MeetingUrl { get; init; }

    [JsonPropertyName("bot_name")]
    public required string BotName { get; init; }

    [JsonPropertyName("join_at")]
    public required DateTime JoinAt { get; init; }

    [JsonPropertyName("ad_hoc")]
    public required bool AdHoc { get; init; }

    [JsonPropertyName("metadata")]
    public JsonElement? Metadata { get; init; }

    [JsonPropertyName("deduplication_key")]
    public string? DeduplicationKey { get; init; }

    [JsonPropertyName("created_at")]
    public required DateTime CreatedAt { get; init; }

    /// <summary>When the joiner was called; never before <see cref="JoinAt"/>.</summary>
    [JsonPropertyName("started_at")]
    public DateTime? StartedAt { get; init; }

    [JsonPropertyName("settled_at")]
    public DateTime? SettledAt { get; init; }

    /// <summary>Why it failed, in snake case.</summary>
    [JsonPropertyName("failure_reason")]
    public string? FailureReason { get; init; }

    /// <summary>In the answer to POST with a <c>join_at</c> only: whether the bot is expected on time.</summary>
    [JsonPropertyName("lead")]
    public LeadView? Lead { get; init; }

    public static BotView Of(ScheduleResult result, DateTimeOffset now) =>
        Of(result.Bot, now) with { Lead = result.Bot.IsAdHoc ? null : LeadView.Of(result.Lead) };

    public static BotView Of(Bot bot, DateTimeOffset now) => new()
    {
        Id = bot.Id.ToString(),
        State = BotWords.Of(bot.StatusAt(now)),
        MeetingUrl = bot.MeetingUrl,
        BotName = bot.Name,
        JoinAt = bot.JoinAt.UtcDateTime,
        AdHoc = bot.IsAdHoc,
        Metadata = bot.Metadata is { Length: > 0 } metadata ? MetadataText.Show(metadata) : null,
        DeduplicationKey = bot.DeduplicationKey,
        CreatedAt = bot.CreatedAt.UtcDateTime,
        StartedAt = bot.StartedAtOrNull()?.UtcDateTime,
        SettledAt = bot.SettledAtOrNull()?.UtcDateTime,
        FailureReason = bot is FailedBot { Reason: var reason } ? BotWords.Of(reason) : null,
    };
}
