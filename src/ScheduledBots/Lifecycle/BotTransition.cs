namespace ScheduledBots.Lifecycle;

/// <summary>One edge of the lifecycle map.</summary>
/// <param name="From">The state it leaves.</param>
/// <param name="Verb">The method of that state's type.</param>
/// <param name="To">The state it reaches.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct BotTransition(BotStatus From, string Verb, BotStatus To);
