namespace ScheduledBots.Calendar.Tests;

/// <summary>Writes feeds. Virtual time begins on Monday, 2 March 2026, 08:00 UTC.</summary>
internal static class Feed
{
    public static string Of(params string[] events) =>
        $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\n{string.Concat(events)}END:VCALENDAR\r\n";

    public static string Event(string uid, params string[] lines) =>
        $"BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:{uid}\r\n{string.Join("\r\n", lines)}\r\nEND:VEVENT\r\n";

    /// <summary>An event at a time of 2 March, UTC, with a link.</summary>
    public static string At(string uid, string time, string room = "room") =>
        Event(uid, $"DTSTART:20260302T{time}00Z", $"X-GOOGLE-CONFERENCE:https://meet.example.com/{room}");
}
