using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>What became of one inserted bot.</summary>
/// <param name="Bot">The inserted bot, or the existing one of the same id or deduplication key.</param>
/// <param name="Inserted">Whether the bot is new.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct InsertOutcome(BotSnapshot Bot, bool Inserted);
