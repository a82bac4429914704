namespace QuickStart;

/// <summary>What a calendar file held: the meetings of one day in order, and the events that could not be read.</summary>
internal sealed record WorkingDay(DateOnly Date, IReadOnlyList<Meeting> Meetings, IReadOnlyList<string> Problems);
