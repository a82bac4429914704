using System.Globalization;
using System.Text;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using IcalCalendar = Ical.Net.Calendar;

namespace ScheduledBots.Calendar.Reading;

/// <summary>Reads the lines of one event. Only what tells its times goes to Ical.Net; the rest is text and stays text.</summary>
internal sealed class EventParser(FeedText feed, CalendarFeedOptions options)
{
    /// <summary>The longest UID, in characters. Longer ones are no producer's.</summary>
    public const int MaxUidLength = 1024;

    private static readonly HashSet<string> Times = ["DTSTART", "RECURRENCE-ID", "RDATE", "EXDATE"];

    private static readonly HashSet<string> Rules = ["RRULE", "EXRULE"];

    private readonly string _zone = CalendarFeedRules.IsZone(feed.TimeZone) ? feed.TimeZone! : options.DefaultTimeZone;

    private readonly string? _owner = options.Owner ?? (feed.Name?.Contains('@', StringComparison.Ordinal) == true ? feed.Name : null);

    public static string? UidOf(FeedEvent found) => found.First("UID")?.Text().Trim() is { Length: > 0 and <= MaxUidLength } uid ? uid : null;

    public static string? TitleOf(FeedEvent found) => found.First("SUMMARY")?.Text().Trim();

    /// <exception cref="FormatException">The event cannot be used; Ical.Net throws others.</exception>
    public ParsedEvent Parse(FeedEvent found)
    {
        if (!found.IsComplete)
        {
            throw new FormatException("it was cut off");
        }

        string uid = UidOf(found) ?? throw new FormatException($"it has no UID of 1 to {MaxUidLength} characters");
        if (found.First("RECURRENCE-ID")?.Says("RANGE", "THISANDFUTURE") == true)
        {
            throw new FormatException("it changes an occurrence and all that follow, which is not supported");
        }

        CalendarEvent source = Load(found);
        CalDateTime start = source.Start ?? throw new FormatException("it has no start");
        var meeting = new CalendarMeeting
        {
            Uid = uid,
            Title = TitleOf(found) ?? "",
            StartsAt = InstantOf(start),
            OriginallyAt = source.RecurrenceIdentifier is { } original ? InstantOf(original.StartTime).ToUniversalTime() : null,
            MeetingUrl = LinkFinder.Find(found),
            IsAllDay = !start.HasTime || Is(found, "X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE"),
            IsDeclined = found.Lines.Any(IsRefusalOfOwner),
            IsCancelled = feed.IsCancellation || Is(found, "STATUS", "CANCELLED"),
        };
        bool isSeries = source.RecurrenceIdentifier is null && found.Lines.Any(line => line.Name is "RRULE" or "RDATE");
        return new ParsedEvent(
            meeting,
            source,
            isSeries ? [.. found.Lines.Where(line => Rules.Contains(line.Name)).Select(line => line.Value)] : [],
            isSeries,
            int.TryParse(found.First("SEQUENCE")?.Value, CultureInfo.InvariantCulture, out int sequence) ? sequence : 0);
    }

    /// <summary>The instant with the offset of its own zone; a date is midnight UTC.</summary>
    public static DateTimeOffset InstantOf(CalDateTime time)
    {
        DateTime utc = time.AsUtc;
        DateTime local = time.HasTime ? DateTime.SpecifyKind(time.Value, DateTimeKind.Unspecified) : utc;

        // In the hour that a zone leaves out, the local time is none; the offset is then the one that makes it the instant.
        return new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).ToOffset(Whole(local - utc));
    }

    private static TimeSpan Whole(TimeSpan offset) => TimeSpan.FromMinutes(Math.Round(offset.TotalMinutes));

    private CalendarEvent Load(FeedEvent found)
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//ScheduledBots//EN\r\nBEGIN:VEVENT\r\n");
        foreach (ContentLine line in found.Lines)
        {
            if (Times.Contains(line.Name))
            {
                text.Append(line.Name).Append(line.Parameters).Append(Zone(line)).Append(':').Append(line.Value).Append("\r\n");
            }
            else if (Rules.Contains(line.Name))
            {
                text.Append(line.Name).Append(':').Append(line.Value).Append("\r\n");
            }
        }

        text.Append("END:VEVENT\r\nEND:VCALENDAR\r\n");
        return IcalCalendar.Load(text.ToString())?.Events.SingleOrDefault() ?? throw new FormatException("it is no event");
    }

    /// <summary>A time that names no zone means the calendar's own one.</summary>
    private string Zone(ContentLine line) =>
        line.Parameter("TZID") is null && line.Value.Contains('T', StringComparison.OrdinalIgnoreCase) && !line.Value.TrimEnd().EndsWith('Z') && !line.Says("VALUE", "PERIOD")
            ? $";TZID={_zone}"
            : "";

    private bool IsRefusalOfOwner(ContentLine line) =>
        line.Name == "ATTENDEE"
        && _owner is not null
        && line.Says("PARTSTAT", "DECLINED")
        && (line.Value.Trim().Equals("mailto:" + _owner, StringComparison.OrdinalIgnoreCase) || line.Value.Trim().Equals(_owner, StringComparison.OrdinalIgnoreCase));

    private static bool Is(FeedEvent found, string name, string value) => found.First(name)?.Value.Trim().Equals(value, StringComparison.OrdinalIgnoreCase) == true;
}
