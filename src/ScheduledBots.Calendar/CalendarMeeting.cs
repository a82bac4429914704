namespace ScheduledBots.Calendar;

/// <summary>One occurrence of an event: what a rule decides on, and what a bot is made of.</summary>
/// <remarks>Immutable and thread-safe. <see cref="ToString"/> carries the instant only.</remarks>
public sealed record CalendarMeeting
{
    /// <summary>The event's UID, shared by all occurrences of a series.</summary>
    public required string Uid { get; init; }

    /// <summary>Which occurrence of a series it is: the UTC instant at which the series has it, wherever it was moved to. Null for a single event.</summary>
    public DateTimeOffset? OriginallyAt { get; init; }

    /// <summary>The event's title; empty where it has none.</summary>
    public string Title { get; init; } = "";

    /// <summary>When it starts, with the offset of the event's own zone on that day. An all-day event starts at midnight UTC.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>The conferencing link, or null where none was found.</summary>
    public Uri? MeetingUrl { get; init; }

    /// <summary>Whether it takes whole days instead of a time.</summary>
    public bool IsAllDay { get; init; }

    /// <summary>Whether the calendar's owner declined it.</summary>
    public bool IsDeclined { get; init; }

    /// <summary>Whether it is called off. A cancelled event never has a bot, whatever the rule says.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>The instant.</summary>
    /// <returns>A text fit for logs.</returns>
    public override string ToString() => $"meeting at {StartsAt:O}";
}
