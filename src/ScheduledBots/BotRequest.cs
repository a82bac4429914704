using ScheduledBots.Lifecycle;

namespace ScheduledBots;

/// <summary>What a host asks for when it schedules a bot.</summary>
/// <remarks>Immutable and thread-safe. <see cref="ToString"/> carries no URL, no name and no metadata.</remarks>
public sealed record BotRequest
{
    /// <summary>The longest meeting URL, in characters.</summary>
    public const int MaxMeetingUrlLength = 2048;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 256;

    /// <summary>The longest metadata, in characters.</summary>
    public const int MaxMetadataLength = 16 * 1024;

    /// <summary>The longest deduplication key, in characters.</summary>
    public const int MaxDeduplicationKeyLength = 256;

    /// <summary>The longest tenant, in characters.</summary>
    public const int MaxTenantLength = 128;

    /// <summary>How far ahead <see cref="JoinAt"/> may lie: three years of 366 days.</summary>
    public static readonly TimeSpan MaxLeadTime = TimeSpan.FromDays(3 * 366);

    /// <summary>The meeting: an absolute http or https URL without user info, at most <see cref="MaxMeetingUrlLength"/> characters.</summary>
    public required Uri MeetingUrl { get; init; }

    /// <summary>The name the bot shows in the meeting: 1 to <see cref="MaxNameLength"/> characters, no control characters.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The due instant, strictly in the future and at most <see cref="MaxLeadTime"/> ahead, ideally two minutes or more;
    /// rounded up to the microsecond. Null asks for an ad-hoc bot that joins as soon as its resources are ready.
    /// </summary>
    public DateTimeOffset? JoinAt { get; init; }

    /// <summary>Text the host keeps with the bot, at most <see cref="MaxMetadataLength"/> characters, or null; never looked at.</summary>
    public string? Metadata { get; init; }

    /// <summary>
    /// While a bot with this key is not settled, sending the same request again returns that bot; at most
    /// <see cref="MaxDeduplicationKeyLength"/> characters, or null.
    /// </summary>
    public string? DeduplicationKey { get; init; }

    /// <summary>The tenant the bot belongs to, at most <see cref="MaxTenantLength"/> characters; empty where the host has none.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>
    /// An id of the caller's own for safe retries, or null for a new one. As long as the bot of this id is kept, settled or not,
    /// sending the same request again returns that bot.
    /// </summary>
    public BotId? Id { get; init; }

    /// <summary>What kind of bot is asked for, and its instant.</summary>
    /// <returns>A text fit for logs.</returns>
    public override string ToString() => JoinAt is { } joinAt ? $"request for a bot at {joinAt:O}" : "request for an ad-hoc bot";
}
