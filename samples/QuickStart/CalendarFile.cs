using System.Text;
using ScheduledBots.Calendar;

namespace QuickStart;

/// <summary>Reads the busiest day out of an iCalendar export, as Google and Outlook write it.</summary>
internal static class CalendarFile
{
    /// <summary>How much of the calendar is looked at, from its first event on, so that an endless series ends.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(366);

    public static async Task<WorkingDay> ReadAsync(string path)
    {
        if (!File.Exists(path))
        {
            throw new CalendarFileException($"There is no file '{path}'. Give the path of an iCalendar export (.ics), or leave it out for the one that comes with the sample.");
        }

        return await ReadAsync(CalendarSource.File(path), Path.GetFileName(path));
    }

    public static Task<WorkingDay> ParseAsync(string text, string name) =>
        ReadAsync(CalendarSource.Stream(_ => new ValueTask<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text)))), name);

    private static async Task<WorkingDay> ReadAsync(CalendarSource source, string name)
    {
        var options = new CalendarFeedOptions();
        CalendarContents contents;
        try
        {
            contents = await CalendarContents.ReadAsync(source, options);
        }
        catch (CalendarFeedException error)
        {
            throw new CalendarFileException($"'{name}' is not an iCalendar file that can be read: {error.Message} Export the calendar again, as .ics.");
        }

        DateTimeOffset firstAt = contents.FirstStartsAt ?? DateTimeOffset.UnixEpoch;
        CalendarMeetings found = contents.Between(firstAt, firstAt + Window);
        string[] problems = [.. found.Problems.Select(problem => $"'{problem.Title ?? "an event without a title"}' ({problem.Reason})")];
        Meeting[] meetings =
        [
            .. from meeting in found.Meetings
               where meeting is { IsCancelled: false, MeetingUrl: not null } && options.Accepts(meeting)
               select new Meeting(meeting.Title.Length == 0 ? "Meeting" : meeting.Title, meeting.MeetingUrl!, meeting.StartsAt),
        ];
        if (meetings.Length == 0)
        {
            string why = problems.Length == 0 ? "" : $" Not readable: {string.Join("; ", problems)}.";
            throw new CalendarFileException($"'{name}' has {contents.EventCount} events, but none is a timed meeting with a conferencing link.{why} Export a calendar that has some.");
        }

        // The busiest day, in the calendar's own local dates; of two equal ones the earlier.
        IGrouping<DateOnly, Meeting> day = meetings
            .GroupBy(meeting => DateOnly.FromDateTime(meeting.StartsAt.DateTime))
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key)
            .First();
        return new WorkingDay(day.Key, [.. day.OrderBy(meeting => meeting.StartsAt)], problems);
    }
}
