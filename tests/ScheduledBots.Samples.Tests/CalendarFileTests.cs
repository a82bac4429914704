using QuickStart;

namespace ScheduledBots.Samples.Tests;

public sealed class CalendarFileTests
{
    private const string Frame = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\n";

    [Fact]
    public async Task The_working_day_has_its_meetings_in_order_and_nothing_else()
    {
        WorkingDay day = await CalendarFile.ReadAsync(Path.Combine(AppContext.BaseDirectory, "working-day.ics"));

        Assert.Empty(day.Problems);
        Assert.Equal(new DateOnly(2026, 3, 2), day.Date);
        Assert.Equal(15, day.Meetings.Count);
        Assert.Equal(day.Meetings.OrderBy(meeting => meeting.StartsAt), day.Meetings);
        Assert.Contains(day.Meetings, meeting => meeting.Title == "Daily stand-up");
        Assert.DoesNotContain(day.Meetings, meeting => meeting.Title is "Vendor pitch" or "Lunch with Kim" or "Company holiday abroad");
        Assert.Contains(day.Meetings.GroupBy(meeting => meeting.StartsAt), group => group.Count() >= 3);
    }

    [Fact]
    public async Task A_time_in_UTC_and_a_time_in_a_zone_are_the_same_instant()
    {
        WorkingDay day = await CalendarFile.ReadAsync(Path.Combine(AppContext.BaseDirectory, "working-day.ics"));

        // 10:00 UTC is 11:00 in Berlin in March.
        Meeting inUtc = day.Meetings.Single(meeting => meeting.Title == "Board call, east coast");
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), inUtc.StartsAt);
        Meeting inZone = day.Meetings.Single(meeting => meeting.Title == "Budget");
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), inZone.StartsAt);
    }

    [Fact]
    public async Task A_missing_file_is_named_with_the_cure()
    {
        var refusal = await Assert.ThrowsAsync<CalendarFileException>(() => CalendarFile.ReadAsync("no-such-file.ics"));

        Assert.Contains("no-such-file.ics", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Give the path", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\u0001\u0002 not a calendar")]
    public async Task What_is_no_calendar_is_refused(string text)
    {
        var refusal = await Assert.ThrowsAsync<CalendarFileException>(() => CalendarFile.ParseAsync(text, "x.ics"));

        Assert.Contains("not an iCalendar file", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_half_broken_file_the_good_events_are_kept_and_the_bad_ones_named()
    {
        string text = Frame
            + Event("Good", "DTSTART:20260302T100000Z", "URL:https://meet.example.com/a")
            + Event("No start", "URL:https://meet.example.com/b")
            + "BEGIN:VEVENT\r\nSUMMARY:Cut off\r\nDTSTART:20260302T1100";

        WorkingDay day = await CalendarFile.ParseAsync(text, "x.ics");

        Assert.Equal("Good", Assert.Single(day.Meetings).Title);
        Assert.Equal(2, day.Problems.Count);
        Assert.Contains(day.Problems, problem => problem.Contains("No start", StringComparison.Ordinal));
        Assert.Contains(day.Problems, problem => problem.Contains("Cut off", StringComparison.Ordinal));
    }

    // One occurrence of a daily series is moved: it takes place at its new time and not at its old one.
    [Fact]
    public async Task A_moved_occurrence_of_a_series_is_met_where_it_was_moved_to()
    {
        string text = Frame
            + Event("Daily", "DTSTART:20260302T090000Z", "RRULE:FREQ=DAILY;COUNT=3", "URL:https://meet.example.com/daily")
            + Event("Daily", "RECURRENCE-ID:20260303T090000Z", "DTSTART:20260303T150000Z", "URL:https://meet.example.com/moved")
            + Event("Review", "DTSTART:20260303T100000Z", "URL:https://meet.example.com/review");

        WorkingDay day = await CalendarFile.ParseAsync(text, "x.ics");

        Assert.Empty(day.Problems);
        Assert.Equal(new DateOnly(2026, 3, 3), day.Date);
        Assert.Equal(
            [("Review", 10, "/review"), ("Daily", 15, "/moved")],
            day.Meetings.Select(meeting => (meeting.Title, meeting.StartsAt.Hour, meeting.Link.AbsolutePath)));
    }

    [Fact]
    public async Task A_cancelled_occurrence_of_a_series_is_left_out()
    {
        string text = Frame
            + Event("Daily", "DTSTART:20260302T090000Z", "RRULE:FREQ=DAILY;COUNT=2", "URL:https://meet.example.com/daily")
            + Event("Daily", "RECURRENCE-ID:20260303T090000Z", "DTSTART:20260303T090000Z", "STATUS:CANCELLED", "URL:https://meet.example.com/daily")
            + Event("Review", "DTSTART:20260303T100000Z", "URL:https://meet.example.com/review")
            + Event("Planning", "DTSTART:20260303T110000Z", "URL:https://meet.example.com/planning");

        WorkingDay day = await CalendarFile.ParseAsync(text, "x.ics");

        Assert.Equal(["Review", "Planning"], day.Meetings.Select(meeting => meeting.Title));
    }

    [Fact]
    public async Task A_broken_file_says_what_could_not_be_read()
    {
        string text = Frame + Event("Nonsense", "DTSTART:yesterday", "URL:https://meet.example.com/a");

        var refusal = await Assert.ThrowsAsync<CalendarFileException>(() => CalendarFile.ParseAsync(text, "x.ics"));

        Assert.Contains("1 events, but none", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Not readable: 'Nonsense'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_calendar_without_links_is_refused()
    {
        string text = Frame + Event("Lunch", "DTSTART:20260302T100000Z", "LOCATION:Canteen") + "END:VCALENDAR\r\n";

        var refusal = await Assert.ThrowsAsync<CalendarFileException>(() => CalendarFile.ParseAsync(text, "x.ics"));

        Assert.Contains("1 events, but none", refusal.Message, StringComparison.Ordinal);
    }

    private static string Event(string title, params string[] lines) =>
        $"BEGIN:VEVENT\r\nUID:{title}@example.com\r\nSUMMARY:{title}\r\n{string.Join("\r\n", lines)}\r\nEND:VEVENT\r\n";
}
