namespace ScheduledBots.Calendar;

/// <summary>How one calendar feed is read and what its bots are like. Feeds are not trusted: everything about one has a limit.</summary>
/// <remarks>Not thread-safe; set before the feed is first read, and left alone from then on.</remarks>
public class CalendarFeedOptions
{
    /// <summary>The name the bots show in their meetings.</summary>
    /// <value>Default "Notes"; what <see cref="BotRequest.Name"/> allows.</value>
    public string BotName { get; set; } = "Notes";

    /// <summary>The tenant the bots belong to.</summary>
    /// <value>Default empty; what <see cref="BotRequest.Tenant"/> allows.</value>
    public string Tenant { get; set; } = "";

    /// <summary>How far ahead events become bots. Later ones follow as time goes on.</summary>
    /// <value>Default 14 days; one hour to 366 days.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long the hosted poller waits after one sync before the next.</summary>
    /// <value>Default 5 minutes; 10 seconds to 24 hours.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The e-mail address of the calendar's owner, whose answer tells a declined event. Null takes the calendar's own name where that
    /// is an address, as in exports of Google.
    /// </summary>
    /// <value>Default null.</value>
    public string? Owner { get; set; }

    /// <summary>Which meetings get a bot, of those with a link that are not cancelled. It is called while a sync runs and does not throw.</summary>
    /// <value>Default: all but all-day and declined ones.</value>
    public Func<CalendarMeeting, bool> Accepts { get; set; } = static meeting => !meeting.IsAllDay && !meeting.IsDeclined;

    /// <summary>The zone of times that name none, where the calendar names none either.</summary>
    /// <value>Default "UTC"; a name of the IANA or the Windows database.</value>
    public string DefaultTimeZone { get; set; } = "UTC";

    /// <summary>Whether a URL, or what it redirects to, may lead to loopback, private or otherwise special addresses.</summary>
    /// <value>Default false.</value>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long a feed may take to arrive.</summary>
    /// <value>Default 30 seconds; one second to 10 minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The most redirects that are followed.</summary>
    /// <value>Default 5; 0 to 20.</value>
    public int MaxRedirects { get; set; } = 5;

    /// <summary>The most bytes of a feed, after decompression. A larger one is refused.</summary>
    /// <value>Default 16 MiB; 1 KiB to 256 MiB.</value>
    public int MaxBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The most components within one another. A feed with more is refused.</summary>
    /// <value>Default 8; 3 to 100.</value>
    public int MaxDepth { get; set; } = 8;

    /// <summary>The most events of a feed. One with more is refused.</summary>
    /// <value>Default 50,000; 1 to 1,000,000.</value>
    public int MaxEvents { get; set; } = 50_000;

    /// <summary>The most occurrences of one series within the window. A series with more is reported and left out.</summary>
    /// <value>Default 1,000; 1 to 100,000.</value>
    public int MaxOccurrences { get; set; } = 1_000;

    /// <summary>
    /// The most steps that the recurrence rules of a feed may take, all together, from their first occurrences to the end of the
    /// window. A series for which nothing is left is reported and left out.
    /// </summary>
    /// <value>Default 5,000,000; 1,000 to 1,000,000,000.</value>
    public int MaxRecurrenceSteps { get; set; } = 5_000_000;
}
