using ScheduledBots.Lifecycle;

namespace ScheduledBots;

/// <summary>An existing bot has the same deduplication key, or the same id, but was requested with different content.</summary>
public sealed class DeduplicationConflictException : Exception
{
    /// <summary>Says which bot stands in the way.</summary>
    /// <param name="existingId">The bot.</param>
    public DeduplicationConflictException(BotId existingId)
        : base($"Bot {existingId} was scheduled under the same key with different content. Change that bot, or use another key.") =>
        ExistingId = existingId;

    /// <summary>The bot that was scheduled first.</summary>
    public BotId ExistingId { get; }
}
