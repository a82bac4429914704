namespace ScheduledBots;

/// <summary>What to change about a bot. What is null stays as it is; at least one member is given.</summary>
/// <remarks>Immutable and thread-safe. <see cref="ToString"/> carries no URL and no metadata.</remarks>
public sealed record BotUpdate
{
    /// <summary>The new due instant, under the same rules as <see cref="BotRequest.JoinAt"/>. Needs a scheduled bot.</summary>
    public DateTimeOffset? JoinAt { get; init; }

    /// <summary>The new meeting, under the same rules as <see cref="BotRequest.MeetingUrl"/>. Needs a scheduled bot.</summary>
    public Uri? MeetingUrl { get; init; }

    /// <summary>The new name, under the same rules as <see cref="BotRequest.Name"/>. Needs a scheduled bot.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The new metadata, under the same rules as <see cref="BotRequest.Metadata"/>; empty text clears it. Possible in any state:
    /// alone it disturbs nobody who works for the bot, so a joiner sees it only if it was there when the bot was armed.
    /// </summary>
    public string? Metadata { get; init; }

    /// <summary>Which members are given.</summary>
    /// <returns>A text fit for logs.</returns>
    public override string ToString()
    {
        string?[] given =
        [
            JoinAt is { } joinAt ? $"JoinAt {joinAt:O}" : null,
            MeetingUrl is null ? null : nameof(MeetingUrl),
            Name is null ? null : nameof(Name),
            Metadata is null ? null : nameof(Metadata),
        ];
        return $"update of {string.Join(", ", given.Where(name => name is not null))}";
    }
}
