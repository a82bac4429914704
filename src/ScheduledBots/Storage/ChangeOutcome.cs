using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>What became of a caller's change.</summary>
/// <param name="Verdict">Applied, or why not.</param>
/// <param name="Bot">The bot as it is now; null only where it was not found.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct ChangeOutcome(ChangeVerdict Verdict, BotSnapshot? Bot);
