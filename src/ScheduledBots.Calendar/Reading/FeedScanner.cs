using System.Text;

namespace ScheduledBots.Calendar.Reading;

/// <summary>
/// Splits a feed into the lines of its events, in one walk and within limits. What is inside of events (alarms) and beside them (time
/// zones, tasks) is not kept: the less of a stranger's text reaches a parser, the better.
/// </summary>
internal sealed class FeedScanner(CalendarFeedOptions options)
{
    /// <summary>The lines that are read of an event; a feed has many more.</summary>
    private static readonly HashSet<string> Kept =
    [
        "UID", "DTSTART", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "EXRULE", "STATUS", "SEQUENCE", "SUMMARY", "ATTENDEE",
        "X-MICROSOFT-CDO-ALLDAYEVENT", .. LinkFinder.Properties,
    ];

    private readonly List<FeedEvent> _events = [];
    private readonly Stack<string> _open = new();
    private FeedEvent? _event;
    private string? _name;
    private string? _timeZone;
    private bool _isCancellation;
    private bool _hasBegun;
    private bool _hasEnded;

    public FeedText Scan(string text)
    {
        foreach (string line in Unfold(text))
        {
            if (!_hasEnded && ContentLine.Parse(line) is { } content)
            {
                Take(content);
            }
        }

        if (!_hasBegun)
        {
            throw new CalendarFeedException("The feed has no line BEGIN:VCALENDAR, so it is not an iCalendar feed. Is it a page to sign in?");
        }

        return new FeedText(_events, _name, _timeZone, _isCancellation, _hasEnded);
    }

    /// <summary>A line that begins with a blank goes on with the one before.</summary>
    private static IEnumerable<string> Unfold(string text)
    {
        using var reader = new StringReader(text);
        string? held = null;
        StringBuilder? folded = null;
        while (reader.ReadLine() is { } line)
        {
            if (held is not null && line.Length > 0 && line[0] is ' ' or '\t')
            {
                folded ??= new StringBuilder(held);
                folded.Append(line, 1, line.Length - 1);
                continue;
            }

            if (held is not null)
            {
                yield return folded?.ToString() ?? held;
            }

            held = line;
            folded = null;
        }

        if (held is not null)
        {
            yield return folded?.ToString() ?? held;
        }
    }

    private void Take(ContentLine line)
    {
        switch (line.Name)
        {
            case "BEGIN":
                Begin(line.Value.Trim().ToUpperInvariant());
                break;
            case "END":
                End(line.Value.Trim().ToUpperInvariant());
                break;
            default:
                Keep(line);
                break;
        }
    }

    private void Begin(string component)
    {
        if (!_hasBegun)
        {
            // Whatever stands before the calendar is not looked at.
            if (component != "VCALENDAR")
            {
                return;
            }

            _hasBegun = true;
        }

        // An event inside of an event: the first one was cut off.
        if (component == "VEVENT" && _event is not null)
        {
            CloseDownTo("VEVENT");
        }

        if (_open.Count >= options.MaxDepth)
        {
            throw new CalendarFeedException($"The feed has components within one another more than {options.MaxDepth} deep. Raise MaxDepth if it can be trusted.");
        }

        if (component == "VEVENT" && _open.Count == 1)
        {
            if (_events.Count >= options.MaxEvents)
            {
                throw new CalendarFeedException($"The feed has more than {options.MaxEvents} events. Raise MaxEvents, or have the calendar export fewer.");
            }

            _event = new FeedEvent();
            _events.Add(_event);
        }

        _open.Push(component);
    }

    private void End(string component)
    {
        // An end of what never began is passed over.
        if (!_open.Contains(component))
        {
            return;
        }

        if (component == "VEVENT" && _event is not null && _open.Peek() == component)
        {
            _event.IsComplete = true;
        }

        CloseDownTo(component);
        _hasEnded = _open.Count == 0;
    }

    private void CloseDownTo(string component)
    {
        string closed;
        do
        {
            closed = _open.Pop();
            _event = closed == "VEVENT" ? null : _event;
        }
        while (closed != component);
    }

    private void Keep(ContentLine line)
    {
        if (_event is not null && _open.Peek() == "VEVENT" && Kept.Contains(line.Name))
        {
            _event.Lines.Add(line);
        }
        else if (_open.Count == 1)
        {
            _name = line.Name == "X-WR-CALNAME" ? line.Text().Trim() : _name;
            _timeZone = line.Name == "X-WR-TIMEZONE" ? line.Text().Trim() : _timeZone;
            _isCancellation |= line.Name == "METHOD" && line.Value.Trim().Equals("CANCEL", StringComparison.OrdinalIgnoreCase);
        }
    }
}
