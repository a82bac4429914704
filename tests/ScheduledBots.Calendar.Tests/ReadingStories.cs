using System.Text;

namespace ScheduledBots.Calendar.Tests;

public sealed class ReadingStories
{
    private static readonly DateTimeOffset From = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij", "https://meet.google.com/abc-defg-hij")]
    [InlineData("X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/19%3ax/0", "https://teams.microsoft.com/l/meetup-join/19%3ax/0")]
    [InlineData("CONFERENCE;VALUE=URI;LABEL=\"Video: here\":https://video.example.org/press", "https://video.example.org/press")]
    [InlineData("LOCATION:Room 4 / https://acme.zoom.us/j/123?pwd=x", "https://acme.zoom.us/j/123?pwd=x")]
    [InlineData("DESCRIPTION:Agenda: https://wiki.example.com/page\\n\\nJoin Zoom Meeting\\nhttps://zoom.us/j/99?pwd=y\\n", "https://zoom.us/j/99?pwd=y")]
    [InlineData("DESCRIPTION:<a href=\"https://teams.live.com/meet/93?p=a&amp;b=c\">Join</a>", "https://teams.live.com/meet/93?p=a&b=c")]
    [InlineData("DESCRIPTION:(https://meet.example.com/bbb).", "https://meet.example.com/bbb")]
    [InlineData("DESCRIPTION:https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.microsoft.com%2Fl%2Fmeetup-join%2F1&data=2", "https://teams.microsoft.com/l/meetup-join/1")]
    [InlineData("URL:https://meet.example.com/j", "https://meet.example.com/j")]
    [InlineData("DESCRIPTION:see https://wiki.example.com/page", null)]
    [InlineData("LOCATION:https://user:secret@meet.example.com/a", null)]
    public void The_link_is_found_where_producers_put_it(string line, string? link)
    {
        CalendarMeeting meeting = Assert.Single(Read(Feed.Of(Feed.Event("a", "DTSTART:20260302T100000Z", line))).Meetings);

        Assert.Equal(link, meeting.MeetingUrl?.AbsoluteUri);
    }

    // Berlin goes from +1 to +2 on 29 March 2026.
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("W. Europe Standard Time")]
    public void A_series_keeps_its_local_time_across_a_change_of_the_clocks(string zone)
    {
        string text = Feed.Of(Feed.Event("a", $"DTSTART;TZID={zone}:20260327T090000", "RRULE:FREQ=DAILY;COUNT=4"));

        CalendarMeetings found = Read(text);

        Assert.Empty(found.Problems);
        Assert.Equal([8, 8, 7, 7], found.Meetings.Select(meeting => meeting.StartsAt.UtcDateTime.Hour));
        Assert.All(found.Meetings, meeting => Assert.Equal(9, meeting.StartsAt.Hour));
    }

    [Fact]
    public void Changed_cancelled_and_excepted_occurrences_are_as_the_calendar_says()
    {
        string text = Feed.Of(
            Feed.Event("a", "DTSTART;TZID=Europe/Berlin:20260302T090000", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE;TZID=Europe/Berlin:20260303T090000"),
            Feed.Event("a", "RECURRENCE-ID;TZID=Europe/Berlin:20260304T090000", "DTSTART;TZID=Europe/Berlin:20260304T150000"),
            Feed.Event("a", "RECURRENCE-ID;TZID=Europe/Berlin:20260305T090000", "DTSTART;TZID=Europe/Berlin:20260305T090000", "STATUS:CANCELLED"));

        CalendarMeetings found = Read(text);

        Assert.Equal([(2, 9, false), (4, 15, false), (5, 9, true)], found.Meetings.Select(meeting => (meeting.StartsAt.Day, meeting.StartsAt.Hour, meeting.IsCancelled)));
        Assert.Equal(8, found.Meetings[1].OriginallyAt!.Value.Hour);
    }

    [Fact]
    public void A_time_without_a_zone_is_in_the_calendars_own()
    {
        string text = Feed.Of("X-WR-TIMEZONE:America/New_York\r\n", Feed.Event("a", "DTSTART:20260302T090000"));

        Assert.Equal(14, Assert.Single(Read(text).Meetings).StartsAt.UtcDateTime.Hour);
    }

    [Fact]
    public void Of_several_revisions_the_newest_counts()
    {
        string text = Feed.Of(
            Feed.Event("a", "SEQUENCE:2", "DTSTART:20260302T110000Z"), Feed.Event("a", "SEQUENCE:1", "DTSTART:20260302T100000Z"));

        Assert.Equal(11, Assert.Single(Read(text).Meetings).StartsAt.Hour);
    }

    [Theory]
    [InlineData("FREQ=SECONDLY")]
    [InlineData("FREQ=DAILY;INTERVAL=0")]
    [InlineData("FREQ=DAILY;BYHOUR=1,2,3,4,5,6;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10;BYSECOND=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")]
    public void A_hostile_series_costs_nothing_but_itself(string rule)
    {
        string text = Feed.Of(Feed.Event("bad", "DTSTART:19700101T100000Z", $"RRULE:{rule}"), Feed.At("good", "1000"));

        CalendarMeetings found = Read(text);

        Assert.Equal("good", Assert.Single(found.Meetings).Uid);
    }

    [Fact]
    public void A_feed_beyond_its_limits_is_refused()
    {
        string deep = Feed.Of(string.Concat(Enumerable.Repeat("BEGIN:VTODO\r\n", 100)));
        string many = Feed.Of(Feed.At("a", "1000"), Feed.At("b", "1000"), Feed.At("c", "1000"));
        string large = Feed.Of(Feed.Event("a", "DESCRIPTION:" + new string('x', 5000)));

        Assert.Contains("MaxDepth", Refusal(deep, new CalendarFeedOptions()), StringComparison.Ordinal);
        Assert.Contains("MaxEvents", Refusal(many, new CalendarFeedOptions { MaxEvents = 2 }), StringComparison.Ordinal);
        Assert.Contains("MaxBytes", Refusal(large, new CalendarFeedOptions { MaxBytes = 4096 }), StringComparison.Ordinal);
    }

    private static string Refusal(string text, CalendarFeedOptions options) =>
        Assert.ThrowsAsync<CalendarFeedException>(() => CalendarContents.ReadAsync(Source(text), options)).GetAwaiter().GetResult().Message;

    private static CalendarMeetings Read(string text) =>
        CalendarContents.ReadAsync(Source(text)).GetAwaiter().GetResult().Between(From, From.AddDays(60));

    private static CalendarSource Source(string text) => CalendarSource.Stream(_ => new ValueTask<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text))));
}
