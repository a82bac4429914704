using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>One change a caller asks for; a compare-and-set in the store.</summary>
/// <remarks>
/// Immutable and thread-safe. An update with a join instant, a URL or a name needs a scheduled bot and fences its
/// owner; with metadata alone it is possible in any state and leaves the fence as it is. A cancel needs a scheduled
/// bot, an abort a staged one that is not armed.
/// </remarks>
public sealed record BotChange
{
    /// <summary>The bot.</summary>
    public required BotId Id { get; init; }

    /// <summary>What to do.</summary>
    public required BotChangeKind Kind { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The version the caller saw, or null where any will do.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>The tenant the caller speaks for, or null where any will do; a bot of another tenant is not found.</summary>
    public string? Tenant { get; init; }

    /// <summary>The new due instant, or null to keep it.</summary>
    public DateTimeOffset? JoinAt { get; init; }

    /// <summary>The new meeting, or null to keep it.</summary>
    public string? MeetingUrl { get; init; }

    /// <summary>The new name, or null to keep it.</summary>
    public string? Name { get; init; }

    /// <summary>The new metadata, or null to keep it.</summary>
    public string? Metadata { get; init; }

    /// <summary>Whether the change must stop whoever works for the bot.</summary>
    public bool Fences => Kind != BotChangeKind.Update || JoinAt is not null || MeetingUrl is not null || Name is not null;

    /// <summary>The bot and what is asked, without URL, name and metadata.</summary>
    /// <returns>A text fit for logs.</returns>
    public override string ToString() => $"{Kind} of bot {Id}";
}
