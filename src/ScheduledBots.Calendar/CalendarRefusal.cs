using ScheduledBots.Lifecycle;

namespace ScheduledBots.Calendar;

/// <summary>A change that the feed wanted and that was not made, most often because the bot is staged or joining already.</summary>
/// <param name="Change">What was wanted.</param>
/// <param name="BotId">The bot, or null where none came to be.</param>
/// <param name="WantedJoinAt">The instant the feed wants it to join, or null where that is not what was to change.</param>
/// <param name="Error">Why not: the exception of the scheduler.</param>
/// <remarks>Immutable and thread-safe. The next sync tries again, and reports it again if it is refused again.</remarks>
public sealed record CalendarRefusal(CalendarChange Change, BotId? BotId, DateTimeOffset? WantedJoinAt, Exception Error);
