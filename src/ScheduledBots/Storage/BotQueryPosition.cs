using ScheduledBots.Lifecycle;

namespace ScheduledBots.Storage;

/// <summary>A place in the order of (JoinAt, id).</summary>
/// <param name="JoinAt">The JoinAt of the bot at that place.</param>
/// <param name="Id">The id of the bot at that place.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct BotQueryPosition(DateTimeOffset JoinAt, BotId Id);
