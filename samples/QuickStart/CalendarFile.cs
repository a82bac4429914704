using System.Text.RegularExpressions;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace QuickStart;

/// <summary>Reads the busiest day out of an iCalendar export, as Google and Outlook write it.</summary>
/// <remarks>Events are tried one by one first, so that a broken one is named and loses nothing but itself.</remarks>
internal static partial class CalendarFile
{
    private const string Start = "BEGIN:VCALENDAR";
    private const string End = "END:VCALENDAR";

    /// <summary>The most occurrences looked at, so that an endless series ends.</summary>
    private const int MaxOccurrences = 2_000;

    private static readonly string[] LinkProperties =
        ["X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK", "CONFERENCE", "URL", "LOCATION", "DESCRIPTION"];

    public static WorkingDay Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CalendarFileException($"There is no file '{path}'. Give the path of an iCalendar export (.ics), or leave it out for the one that comes with the sample.");
        }

        return Parse(File.ReadAllText(path), Path.GetFileName(path));
    }

    public static WorkingDay Parse(string text, string name)
    {
        int begin = text.IndexOf(Start, StringComparison.OrdinalIgnoreCase);
        if (begin < 0)
        {
            throw new CalendarFileException($"'{name}' has no line {Start}, so it is not an iCalendar file. Export the calendar again, as .ics.");
        }

        string[] blocks = [.. EventBlock().Matches(text[begin..]).Select(match => match.Value)];
        string frame = EventBlock().Replace(text[begin..], "");
        int end = frame.IndexOf(End, StringComparison.OrdinalIgnoreCase);
        frame = end < 0 ? frame : frame[..end];

        List<string> problems = [];
        string[] good = [.. blocks.Where(block => IsReadable(frame, block, problems))];
        Meeting[] meetings = good.Length == 0 ? [] : [.. MeetingsOf(Load(frame, good))];
        if (meetings.Length == 0)
        {
            string why = problems.Count == 0 ? "" : $" Not readable: {string.Join("; ", problems)}.";
            throw new CalendarFileException($"'{name}' has {blocks.Length} events, but none is a timed meeting with a conferencing link.{why} Export a calendar that has some.");
        }

        // The busiest day, in the calendar's own local dates; of two equal ones the earlier.
        IGrouping<DateOnly, Meeting> day = meetings
            .GroupBy(meeting => DateOnly.FromDateTime(meeting.StartsAt.DateTime))
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key)
            .First();
        return new WorkingDay(day.Key, [.. day.OrderBy(meeting => meeting.StartsAt)], problems);
    }

    private static bool IsReadable(string frame, string block, List<string> problems)
    {
        try
        {
            CalendarEvent? found = Load(frame, [block]).Events.SingleOrDefault();
            if (found?.Start is null)
            {
                throw new FormatException("it has no start");
            }

            _ = found.Start.AsUtc;
            return true;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            problems.Add($"'{TitleOf(block)}' ({error.Message})");
            return false;
        }
    }

    private static Calendar Load(string frame, IEnumerable<string> blocks) =>
        Calendar.Load($"{frame.TrimEnd()}\r\n{string.Join("\r\n", blocks.Select(block => block.Trim()))}\r\n{End}\r\n")
        ?? throw new FormatException("the calendar is empty");

    private static IEnumerable<Meeting> MeetingsOf(Calendar calendar)
    {
        foreach (Occurrence occurrence in calendar.GetOccurrences<CalendarEvent>().Take(MaxOccurrences))
        {
            if (occurrence.Source is CalendarEvent { IsAllDay: false } found
                && !string.Equals(found.Status, "CANCELLED", StringComparison.OrdinalIgnoreCase)
                && LinkOf(found) is { } link)
            {
                CalDateTime start = occurrence.Period.StartTime;
                TimeSpan offset = start.Value - start.AsUtc;
                yield return new Meeting(found.Summary ?? "Meeting", link, new DateTimeOffset(DateTime.SpecifyKind(start.Value, DateTimeKind.Unspecified), offset));
            }
        }
    }

    private static Uri? LinkOf(CalendarEvent found) => LinkProperties
        .Select(property => found.Properties[property]?.Value?.ToString() ?? "")
        .Select(text => Link().Match(text))
        .Where(match => match.Success)
        .Select(match => new Uri(match.Value))
        .FirstOrDefault();

    private static string TitleOf(string block) => Title().Match(block) is { Success: true } match ? match.Groups[1].Value.Trim() : "an event without a title";

    [GeneratedRegex(@"^BEGIN:VEVENT\b.*?(^END:VEVENT[^\r\n]*|(?=^BEGIN:VEVENT\b)|(?=^END:VCALENDAR)|\z)", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex EventBlock();

    [GeneratedRegex(@"^SUMMARY[^:\r\n]*:([^\r\n]*)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Title();

    [GeneratedRegex(@"https?://[^\s<>""\\]+", RegexOptions.IgnoreCase)]
    private static partial Regex Link();
}
