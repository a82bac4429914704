using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>One thing that happened to a bot.</summary>
/// <param name="At">When, on the clock of whoever did it.</param>
/// <param name="From">The status before.</param>
/// <param name="To">The status after; the same for a reschedule or a retry.</param>
/// <param name="Node">The node that did it, or null for a caller.</param>
/// <param name="Attempt">The bot's attempt then.</param>
/// <param name="Reason">Why, where it was a failure.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BotHistoryLine(DateTimeOffset At, BotStatus From, BotStatus To, NodeId? Node, int Attempt, FailureReason? Reason);
