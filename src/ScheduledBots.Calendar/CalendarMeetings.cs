namespace ScheduledBots.Calendar;

/// <summary>The occurrences of a feed within a window.</summary>
/// <param name="Meetings">The occurrences, by their start.</param>
/// <param name="Problems">The events that could not be read, or have more occurrences than are looked at.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CalendarMeetings(IReadOnlyList<CalendarMeeting> Meetings, IReadOnlyList<CalendarProblem> Problems);
