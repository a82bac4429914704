using Ical.Net.CalendarComponents;

namespace ScheduledBots.Calendar.Reading;

/// <summary>An event that was read: a single one, a series, or one changed occurrence of a series.</summary>
/// <param name="Meeting">Everything but the occurrence: its first start, and for a changed occurrence where it was.</param>
/// <param name="Source">What expands the series.</param>
/// <param name="Rules">The recurrence rules as text; empty for a single event.</param>
/// <param name="IsSeries">Whether it repeats.</param>
/// <param name="Sequence">Its revision; the largest of one event counts.</param>
internal sealed record ParsedEvent(CalendarMeeting Meeting, CalendarEvent Source, IReadOnlyList<string> Rules, bool IsSeries, int Sequence);
