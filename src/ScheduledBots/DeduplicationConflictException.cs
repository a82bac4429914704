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

    private DeduplicationConflictException(BotId existingId, string message)
        : base(message) =>
        ExistingId = existingId;

    /// <summary>The bot that was scheduled first.</summary>
    public BotId ExistingId { get; }

    /// <summary>The key was taken again by another bot each time the one before had settled; it names the last one.</summary>
    internal static DeduplicationConflictException KeepsChanging(BotId existingId, int tries) =>
        new(existingId, $"The deduplication key was held by bots that settled while the request was sent {tries} times, the last of them {existingId}. Send it again.");
}
