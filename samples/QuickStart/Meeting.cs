namespace QuickStart;

/// <summary>One meeting of the day, as the calendar has it.</summary>
internal sealed record Meeting(string Title, Uri Link, DateTimeOffset StartsAt);
