using System.Text;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using ScheduledBots.Calendar.Reading;

namespace ScheduledBots.Calendar;

/// <summary>A feed that was read once: its events, from which the occurrences of any window are expanded.</summary>
/// <remarks>One thread at a time; immutable to its callers.</remarks>
public sealed class CalendarContents
{
    private readonly CalendarFeedOptions _options;
    private readonly List<ParsedEvent[]> _byUid;
    private readonly List<CalendarProblem> _problems;

    private CalendarContents(FeedText feed, List<ParsedEvent> events, List<CalendarProblem> problems, CalendarFeedOptions options)
    {
        _options = options;
        _problems = problems;
        _byUid = [.. events.GroupBy(found => found.Meeting.Uid, StringComparer.Ordinal).Select(group => Newest(group))];
        EventCount = feed.Events.Count;
        IsComplete = feed.IsComplete;
        FirstStartsAt = events.Count == 0 ? null : events.Min(found => found.Meeting.StartsAt);
    }

    /// <summary>How many events the feed has, those that could not be read included.</summary>
    public int EventCount { get; }

    /// <summary>Whether the feed has its end. One that was cut off says nothing about the events that are not in it.</summary>
    public bool IsComplete { get; }

    /// <summary>The start of the earliest event, or null where there is none.</summary>
    public DateTimeOffset? FirstStartsAt { get; }

    /// <summary>Reads a feed, without touching any bot.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="options">How it is read; null for the defaults.</param>
    /// <param name="time">The clock of the time-out; null for the system's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The events.</returns>
    /// <exception cref="ArgumentException">The options break a rule; the message says all of them.</exception>
    /// <exception cref="CalendarFeedException">The feed cannot be read as a whole.</exception>
    public static async Task<CalendarContents> ReadAsync(
        CalendarSource source, CalendarFeedOptions? options = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new CalendarFeedOptions();
        CalendarFeedRules.Check(options);
        Sources.SourceAnswer answer = await source.ReadAsync(null, options, time ?? TimeProvider.System, cancellationToken).ConfigureAwait(false);
        return Parse(answer.Bytes!, options, cancellationToken);
    }

    /// <summary>Expands the occurrences that start in a window. A single event counts as one occurrence.</summary>
    /// <param name="from">The earliest start, included.</param>
    /// <param name="until">The latest start, not included.</param>
    /// <param name="cancellationToken">Gives up between two events.</param>
    /// <returns>The occurrences and what could not be read.</returns>
    public CalendarMeetings Between(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        var meetings = new List<CalendarMeeting>();
        List<CalendarProblem> problems = [.. _problems];
        double stepsLeft = _options.MaxRecurrenceSteps;
        foreach (ParsedEvent[] group in _byUid)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                meetings.AddRange(Expand(group, from, until, ref stepsLeft));
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                problems.Add(new CalendarProblem(group[0].Meeting.Uid, group[0].Meeting.Title, ReasonOf(error)));
            }
        }

        return new CalendarMeetings([.. meetings.OrderBy(meeting => meeting.StartsAt)], problems);
    }

    internal static CalendarContents Parse(byte[] bytes, CalendarFeedOptions options, CancellationToken cancellationToken)
    {
        FeedText feed = new FeedScanner(options).Scan(Encoding.UTF8.GetString(bytes));
        var parser = new EventParser(feed, options);
        List<ParsedEvent> events = [];
        List<CalendarProblem> problems = [];
        foreach (FeedEvent found in feed.Events)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                events.Add(parser.Parse(found));
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // Ical.Net throws what its parts throw; whatever it is, this one event cannot be read.
                problems.Add(new CalendarProblem(EventParser.UidOf(found), EventParser.TitleOf(found), ReasonOf(error)));
            }
        }

        return new CalendarContents(feed, events, problems, options);
    }

    /// <summary>The message where it is ours; another's may hold what the feed says.</summary>
    private static string ReasonOf(Exception error) =>
        error is FormatException && error.TargetSite?.DeclaringType?.Assembly == typeof(CalendarContents).Assembly
            ? error.Message
            : $"its times or its recurrence cannot be read ({error.GetType().Name})";

    /// <summary>Of several revisions of one event or occurrence, the one with the largest sequence; of equal ones the last.</summary>
    private static ParsedEvent[] Newest(IEnumerable<ParsedEvent> group) =>
        [.. group.GroupBy(found => found.Meeting.OriginallyAt).Select(same => same.OrderBy(found => found.Sequence).Last())];

    private List<CalendarMeeting> Expand(ParsedEvent[] group, DateTimeOffset from, DateTimeOffset until, ref double stepsLeft)
    {
        List<CalendarMeeting> found = [.. group
            .Where(one => !one.IsSeries && one.Meeting.StartsAt >= from && one.Meeting.StartsAt < until)
            .Select(one => one.Meeting)];
        if (Array.Find(group, one => one.IsSeries) is { } series && series.Meeting.StartsAt < until)
        {
            stepsLeft -= series.Rules.Sum(rule => SeriesCost.Of(rule, series.Meeting.StartsAt, until));
            if (stepsLeft < 0)
            {
                throw new FormatException("the recurrences of the feed take more steps than MaxRecurrenceSteps allows");
            }

            HashSet<DateTimeOffset> changed = [.. group.Select(one => one.Meeting.OriginallyAt).OfType<DateTimeOffset>()];
            found.AddRange(Occurrences(series, from, until).Where(one => !changed.Contains(one.OriginallyAt!.Value)));
        }

        return found;
    }

    private IEnumerable<CalendarMeeting> Occurrences(ParsedEvent series, DateTimeOffset from, DateTimeOffset until)
    {
        int count = 0;
        var limits = new EvaluationOptions { MaxUnmatchedIncrementsLimit = SeriesCost.MaxUnmatchedPeriods };

        var start = new CalDateTime(from.UtcDateTime, CalDateTime.UtcTzId, hasTime: true);
        foreach (Occurrence occurrence in series.Source.GetOccurrences(start, limits))
        {
            DateTimeOffset startsAt = EventParser.InstantOf(occurrence.Period.StartTime);
            if (startsAt >= until)
            {
                yield break;
            }

            if (startsAt < from)
            {
                continue;
            }

            if (++count > _options.MaxOccurrences)
            {
                throw new FormatException($"it has more than {_options.MaxOccurrences} occurrences within the window");
            }

            yield return series.Meeting with { StartsAt = startsAt, OriginallyAt = startsAt.ToUniversalTime() };
        }
    }
}
