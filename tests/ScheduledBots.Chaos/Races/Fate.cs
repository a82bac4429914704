using ScheduledBots.Lifecycle;

namespace ScheduledBots.Chaos.Races;

/// <summary>What callers were told of one bot, and so what must become of it.</summary>
/// <remarks>Two callers write it, each its own part.</remarks>
internal sealed class Fate(BotId id, DateTimeOffset joinAt)
{
    public BotId Id { get; } = id;

    /// <summary>When it was due at first.</summary>
    public DateTimeOffset JoinAt { get; } = joinAt;

    public bool IsCancelled { get; set; }

    /// <summary>When it is due since it was rescheduled, or null.</summary>
    public DateTimeOffset? MovedTo { get; set; }

    /// <summary>Whether a caller got no answer. Then the table alone says what came of it.</summary>
    public bool IsUnknown { get; set; }
}
